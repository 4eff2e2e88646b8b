namespace FlightRecorder.Testing;

/// <summary>Where a probe reads, and how it learns that more has come.</summary>
internal interface IRecordingSource : IDisposable
{
    IRecordingReader Reader { get; }

    /// <summary>Hands what has been recorded so far to the store.</summary>
    Task FlushAsync(CancellationToken cancellationToken);

    /// <summary>Completes when there may be more than at the call.</summary>
    Task MoreAsync();

    /// <summary>Whether a recording may still be under way that the recorder knows of.</summary>
    bool IsBusy { get; }

    /// <summary>A line on what the recorder did, for messages of failed tests.</summary>
    string Describe();
}
