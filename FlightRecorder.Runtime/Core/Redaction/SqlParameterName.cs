namespace FlightRecorder;

/// <summary>The member a SQL parameter is named after: <c>@__newPassword_0</c> carries <c>newPassword</c>.</summary>
internal static class SqlParameterName
{
    public static ReadOnlySpan<char> MemberOf(ReadOnlySpan<char> name)
    {
        name = name.TrimStart("@:$?").TrimStart('_');
        ReadOnlySpan<char> plain = name.TrimEnd("0123456789");
        return plain.EndsWith("_") ? plain.TrimEnd('_') : name;
    }

    /// <summary>The rule for a parameter: by its own name, or by that of its column.</summary>
    public static MemberAction Find(CompiledMap names, in NamedValue parameter)
    {
        MemberAction own = Find(names, parameter.Name);
        return own.IsHidden || parameter.Column is null ? own : names.Find(parameter.Column);
    }

    /// <summary>The rule for a parameter: by its whole name, or by its last word (<c>dto_Password</c>).</summary>
    public static MemberAction Find(CompiledMap names, string name)
    {
        ReadOnlySpan<char> member = MemberOf(name);
        MemberAction whole = names.Find(member);
        int word = member.LastIndexOf('_');
        return whole.IsHidden || word < 0 ? whole : names.Find(member[(word + 1)..]);
    }
}
