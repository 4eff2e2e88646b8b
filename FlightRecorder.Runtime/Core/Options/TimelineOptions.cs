namespace FlightRecorder;

/// <summary>Sources of timeline entries that must be switched on: nothing is captured that the developer did not name.</summary>
public sealed class TimelineOptions
{
    /// <summary>Log lines written during a recording. Default: false.</summary>
    public bool Logs { get; set; }

    /// <summary>Outgoing HTTP calls. Default: false.</summary>
    public bool HttpClient { get; set; }

    /// <summary>Cache reads and writes. Default: false.</summary>
    public bool Cache { get; set; }

    /// <summary>Exceptions that were thrown and caught inside the app. Default: false.</summary>
    public bool HandledErrors { get; set; }
}
