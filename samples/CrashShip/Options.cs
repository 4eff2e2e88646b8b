namespace CrashShip;

/// <summary>What the command line asks for.</summary>
/// <param name="File">The file of the crash recorder; <c>FILE.1</c> is read as well.</param>
/// <param name="Destination">Where lines go; HTTPS always.</param>
/// <param name="Consent">The file in which a person has agreed.</param>
/// <param name="State">What was acknowledged so far.</param>
/// <param name="Authority">A certificate that is trusted in place of the system's ones, or null.</param>
internal sealed record Options(string File, Uri Destination, string Consent, string State, string? Authority)
{
    public const string Usage = """
        usage: CrashShip --file FILE --to https://… --consent FILE [--state FILE] [--authority CERTIFICATE.pem]
        Sends each line of FILE.1 and FILE once, as application/x-ndjson, and ends. The consent is a file with the destination as a line.
        """;

    private static readonly string[] Known = ["--file", "--to", "--consent", "--state", "--authority"];

    /// <summary>Null, with what is wrong, when the arguments are not understood or the destination is not safe.</summary>
    public static Options? Parse(string[] args, out string problem)
    {
        var values = new Dictionary<string, string>();
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            values[args[i]] = args[i + 1];
        }

        problem = args.Length % 2 != 0 || values.Keys.Except(Known).Any() || Known[..3].Except(values.Keys).Any()
            ? "--file, --to and --consent are needed, each with a value."
            : "";
        if (problem.Length > 0)
        {
            return null;
        }

        if (!Uri.TryCreate(values["--to"], UriKind.Absolute, out Uri? to) || to.Scheme != Uri.UriSchemeHttps || to.UserInfo.Length > 0)
        {
            problem = "Errors are sent over HTTPS only, to an address without a user in it.";
            return null;
        }

        string file = values["--file"];
        return new Options(file, to, values["--consent"], values.GetValueOrDefault("--state", file + ".shipped"), values.GetValueOrDefault("--authority"));
    }
}
