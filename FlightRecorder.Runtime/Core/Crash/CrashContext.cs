namespace FlightRecorder;

/// <summary>The members behind an error's own: those of every line, then those of this one, which win. Their names never repeat.</summary>
internal sealed class CrashContext(IEnumerable<KeyValuePair<string, object?>> members)
{
    private static readonly string[] OwnNames = ["ts", "kind", "name", "message", "stack"];

    private readonly KeyValuePair<string, object?>[] _members = FrozenValue.Members(members);

    public void Write(KeyValuePair<string, object?>[] extra, LineBuffer line, LineBuffer text)
    {
        foreach ((string name, object? value) in _members)
        {
            int winner = IndexOf(extra, name);
            Member(name, winner < 0 ? value : extra[winner].Value, extra, line, text);
        }

        foreach ((string name, object? value) in extra)
        {
            if (IndexOf(_members, name) < 0)
            {
                Member(name, value, extra, line, text);
            }
        }
    }

    private void Member(string name, object? value, KeyValuePair<string, object?>[] extra, LineBuffer line, LineBuffer text)
    {
        FrozenValue.Name(FreeName(name, extra), line);
        FrozenValue.Write(value, line, text);
    }

    private string FreeName(string name, KeyValuePair<string, object?>[] extra)
    {
        if (Array.IndexOf(OwnNames, name) < 0)
        {
            return name;
        }

        string free = "_" + name;
        while (IndexOf(_members, free) >= 0 || IndexOf(extra, free) >= 0)
        {
            free = "_" + free;
        }

        return free;
    }

    private static int IndexOf(KeyValuePair<string, object?>[] members, string name)
    {
        for (int i = 0; i < members.Length; i++)
        {
            if (members[i].Key == name)
            {
                return i;
            }
        }

        return -1;
    }
}
