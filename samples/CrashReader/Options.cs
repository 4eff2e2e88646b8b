using System.Globalization;

namespace CrashReader;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(string File)
{
    public const string Usage = """
        usage: CrashReader FILE [--kind uncaught|unobserved|manual] [--name TEXT] [--message TEXT] [--where TEXT] [--is MEMBER=VALUE]…
                                [--since TIME] [--until TIME] [--last N] [--stack]
        Reads FILE.1 and FILE. --name and --message take a part, ignoring case; --where and --is take the whole value; times are ISO 8601.
        """;

    public string? Kind { get; private set; }

    public string? Name { get; private set; }

    public string? Message { get; private set; }

    public DateTimeOffset? Since { get; private set; }

    public DateTimeOffset? Until { get; private set; }

    public int Last { get; private set; } = int.MaxValue;

    public bool HasStack { get; private set; }

    /// <summary>Members of the line with the value that they must have.</summary>
    public List<KeyValuePair<string, string>> Members { get; } = [];

    /// <summary>Null, with what is wrong, when the arguments are not understood.</summary>
    public static Options? Parse(string[] args, out string problem)
    {
        problem = args.Length == 0 || args[0].StartsWith('-') ? "A file is needed." : "";
        if (problem.Length > 0)
        {
            return null;
        }

        var options = new Options(args[0]);
        for (int i = 1; i < args.Length; i++)
        {
            if (args[i] == "--stack")
            {
                options.HasStack = true;
            }
            else if (i + 1 == args.Length || !options.TrySet(args[i], args[++i]))
            {
                problem = $"{Visible.Of(args[i])} is not understood.";
                return null;
            }
        }

        return options;
    }

    private bool TrySet(string option, string value)
    {
        switch (option)
        {
            case "--kind": Kind = value; return true;
            case "--name": Name = value; return true;
            case "--message": Message = value; return true;
            case "--where": Members.Add(new("where", value)); return true;
            case "--is": return TryAddMember(value);
            case "--since": return (Since = Time(value)) is not null;
            case "--until": return (Until = Time(value)) is not null;
            case "--last": return TrySetLast(value);
            default: return false;
        }
    }

    private bool TryAddMember(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0)
        {
            Members.Add(new(text[..equals], text[(equals + 1)..]));
        }

        return equals > 0;
    }

    private bool TrySetLast(string value)
    {
        bool isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int last) && last > 0;
        Last = isNumber ? last : Last;
        return isNumber;
    }

    private static DateTimeOffset? Time(string value)
        => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
