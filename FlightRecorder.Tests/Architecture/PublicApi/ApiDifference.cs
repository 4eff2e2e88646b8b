namespace FlightRecorder.Tests.Architecture;

/// <summary>Says what was added to and removed from an <see cref="ApiText"/>, under the types concerned.</summary>
internal static class ApiDifference
{
    public static string Between(string accepted, string now)
    {
        List<(string Type, string Line)> old = Entries(accepted);
        List<(string Type, string Line)> current = Entries(now);
        return string.Join('\n', old.Except(current).Select(entry => Shown('-', entry)).Concat(current.Except(old).Select(entry => Shown('+', entry))));
    }

    private static string Shown(char sign, (string Type, string Line) entry)
        => entry.Line.Length == 0 ? $"{sign} {entry.Type}" : $"{sign} {entry.Type}\n{sign}     {entry.Line}";

    private static List<(string Type, string Line)> Entries(string text)
    {
        var entries = new List<(string, string)>();
        string type = "";
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            bool isMember = line[0] == ' ';
            type = isMember ? type : line;
            entries.Add((type, isMember ? line.Trim() : ""));
        }

        return entries;
    }
}
