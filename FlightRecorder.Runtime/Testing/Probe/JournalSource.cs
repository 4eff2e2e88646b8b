namespace FlightRecorder.Testing;

/// <summary>The journal of an app in another process; its lines are on disk about 10 ms after the request.</summary>
internal sealed class JournalSource(string directory) : IRecordingSource
{
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(20);

    public string Directory => directory;

    public IRecordingReader Reader { get; } = new JournalReader(directory);

    public bool IsBusy => false;

    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task MoreAsync() => Task.Delay(s_lookAgain);

    public string Describe() => $"The journal directory {(System.IO.Directory.Exists(directory) ? "is there" : "does not exist")}.";

    public void Dispose()
    {
    }
}
