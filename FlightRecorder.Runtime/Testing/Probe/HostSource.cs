using Microsoft.Extensions.DependencyInjection;

namespace FlightRecorder.Testing;

/// <summary>The recorder of a host in this process: it tells when a recording has ended.</summary>
internal sealed class HostSource : IRecordingSource
{
    // For stores that another writer fills behind the first.
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(100);

    private readonly Recorder _recorder;
    private TaskCompletionSource _more = New();

    public HostSource(IServiceProvider services)
    {
        Services = services;
        _recorder = services.GetService<Recorder>()
            ?? throw new InvalidOperationException("The host has no recorder: call AddFlightRecorder on its services.");
        Reader = services.GetRequiredService<IRecordingReader>();
        _recorder.Settled += Wake;
    }

    public IServiceProvider Services { get; }

    public IRecordingReader Reader { get; }

    public bool IsBusy => _recorder.Counters.InFlight > _recorder.Held;

    public Task FlushAsync(CancellationToken cancellationToken) => _recorder.FlushAsync(cancellationToken);

    public Task MoreAsync() => Task.WhenAny(Volatile.Read(ref _more).Task, Task.Delay(s_lookAgain));

    public string Describe()
    {
        RecorderCounters counters = _recorder.Counters;
        long dropped = Enum.GetValues<DropReason>().Sum(counters.Dropped);
        string on = _recorder.IsOn ? "on" : "off";
        return $"The host's recorder is {on}: {counters.Offered} begun, {counters.Stored} stored, {counters.NotKept} not kept, {dropped} dropped, {counters.InFlight} in flight.";
    }

    public void Dispose() => _recorder.Settled -= Wake;

    private void Wake() => Interlocked.Exchange(ref _more, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
