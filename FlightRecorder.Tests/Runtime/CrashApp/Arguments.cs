using System.Globalization;

namespace FlightRecorder.CrashApp;

/// <summary>name=value pairs of the command line.</summary>
internal sealed class Arguments(string[] args)
{
    public string? Text(string name)
    {
        string prefix = name + "=";
        return args.FirstOrDefault(arg => arg.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
    }

    public bool Flag(string name, bool otherwise) => Text(name) is { } value ? bool.Parse(value) : otherwise;

    public int Number(string name, int otherwise) => Text(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>The options of the crash recorder as the command line has them.</summary>
    public CrashOptions Crash()
    {
        var options = new CrashOptions
        {
            File = Text("file"),
            BootCheck = Flag("bootCheck", true),
            ExitOnUncaught = Flag("exitOnUncaught", true),
            ExitOnUnobserved = Flag("exitOnUnobserved", false),
            MaxBytes = Number("maxBytes", 5_000_000),
        };
        if (Text("app") is { } app)
        {
            options.Context["app"] = app;
        }

        return options;
    }
}
