using System.Diagnostics;

namespace FlightRecorder;

/// <summary>An error before it is text. What may change later, its extra members, is already frozen.</summary>
/// <param name="Time">When it was handed over.</param>
/// <param name="Kind">How it came.</param>
/// <param name="Error">An exception, or any other value.</param>
/// <param name="Caller">Where it was handed over, when the error has no stack of its own.</param>
/// <param name="Extra">Members of this line only, frozen.</param>
internal readonly record struct CrashRecord(
    DateTimeOffset Time,
    CrashKind Kind,
    object? Error,
    StackTrace? Caller,
    KeyValuePair<string, object?>[] Extra)
{
    /// <summary>What it says, where that had to be scrubbed; otherwise it is rendered when it is written.</summary>
    public CrashTexts? Texts { get; init; }
}
