using System.Globalization;

namespace FlightRecorder;

/// <summary>What <see cref="Flight.Install"/> is told; read once, there.</summary>
public sealed class CrashOptions
{
    /// <summary>
    /// The file that gets one JSON line an error, taken from the current directory when relative; its parent directory is made,
    /// it is itself made with mode 0600. Links and what is no regular file are refused. Default: none, which means standard error.
    /// </summary>
    public string? File { get; set; }

    /// <summary>
    /// Members of every line, behind the error's own: string, bool, number, time, Guid, JsonNode, dictionaries and lists of
    /// these; anything else as its text. A name of the error's own gets a leading <c>_</c>. Default: empty.
    /// </summary>
    public IDictionary<string, object?> Context { get; set; } = new Dictionary<string, object?>();

    /// <summary>
    /// Whether an uncaught exception ends the process with exit code 1 after its line was written. With false the process lives
    /// on without the thread that threw, which needs .NET 10. Default: true.
    /// </summary>
    public bool ExitOnUncaught { get; set; } = true;

    /// <summary>Whether an exception of a task that nobody observed ends the process with exit code 1. Default: false.</summary>
    public bool ExitOnUnobserved { get; set; }

    /// <summary>Whether a file that cannot be written makes <see cref="Flight.Install"/> throw; otherwise it warns once and goes on. Default: true.</summary>
    public bool BootCheck { get; set; } = true;

    /// <summary>
    /// A line that would take the file beyond so many bytes goes into a new one; the old one is kept as <c>.1</c> and the one
    /// before it dropped. A longer line is written whole. 0 turns it off. Default: 5 000 000.
    /// </summary>
    public long MaxBytes { get; set; } = 5_000_000;

    // The code that installs the recorder is the place of the mistake: no configuration key is named.
    internal void Validate()
    {
        const long MostBytes = 1L << 40;
        if (MaxBytes is < 0 or > MostBytes)
        {
            throw Wrong(nameof(MaxBytes), MaxBytes.ToString(CultureInfo.InvariantCulture), $"0 to {MostBytes.ToString(CultureInfo.InvariantCulture)}");
        }

        if (File is not null && (string.IsNullOrWhiteSpace(File) || File.Any(char.IsControl)))
        {
            throw Wrong(nameof(File), $"\"{VisibleControls.Of(File)}\"", "a path without control characters, or null for standard error");
        }

        if (Context is null)
        {
            throw Wrong(nameof(Context), "null", "a dictionary, which may be empty");
        }

        if (!ExitOnUncaught && !UncaughtSurvival.IsPossible)
        {
            throw Wrong(nameof(ExitOnUncaught), "False", "True, since before .NET 10 no process survives an uncaught exception");
        }
    }

    internal static FlightRecorderConfigurationException Wrong(string option, string value, string allowed, Exception? cause = null)
        => new($"{nameof(CrashOptions)}.{option} is {value}; allowed: {allowed}.", cause!);
}
