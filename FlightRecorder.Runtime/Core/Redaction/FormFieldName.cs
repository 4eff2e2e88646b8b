namespace FlightRecorder;

/// <summary>The rule for a form field: names such as <c>user.password</c>, <c>items[0].pin</c> and <c>user[password]</c> are walked like members.</summary>
internal static class FormFieldName
{
    public static MemberAction Find(ReadOnlySpan<byte> name, CompiledMap map, CompiledMap parameters)
    {
        MemberAction whole = parameters.Find(name);
        if (whole.IsHidden)
        {
            return whole;
        }

        MemberAction found = Walk(name, map);
        return found.IsHidden ? found : Walk(name, parameters);
    }

    private static MemberAction Walk(ReadOnlySpan<byte> name, CompiledMap map)
    {
        MemberAction action = MemberAction.Show(map);
        while (!name.IsEmpty && !action.IsHidden)
        {
            int end = name.IndexOfAny(".[]"u8);
            ReadOnlySpan<byte> member = end < 0 ? name : name[..end];
            name = end < 0 ? [] : name[(end + 1)..];
            if (!member.IsEmpty && !IsIndex(member))
            {
                action = action.Next.Find(member);
            }
        }

        return action;
    }

    private static bool IsIndex(ReadOnlySpan<byte> member) => member.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
