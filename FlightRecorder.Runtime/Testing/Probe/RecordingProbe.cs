using FlightRecorder.Testing;

namespace FlightRecorder;

/// <summary>
/// The recordings of one test. Its requests carry a trace id of the test, so that several tests may run against one host at a
/// time, each with a probe of its own; nothing is told apart by time. Safe for concurrent calls.
/// </summary>
public sealed class RecordingProbe : IDisposable
{
    private readonly IRecordingSource _source;
    private readonly OwnedRecordings _owned;
    private readonly TraceTrail _trail = new();
    private TimeSpan _deadline = TimeSpan.FromSeconds(10);

    private RecordingProbe(IRecordingSource source)
    {
        _source = source;
        _owned = new OwnedRecordings(source.Reader, _trail);
    }

    /// <summary>How long a call waits for a recording before it fails. Default: 10 seconds. Range: 1 millisecond to 10 minutes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan Deadline
    {
        get => _deadline;
        set => _deadline = value >= TimeSpan.FromMilliseconds(1) && value <= TimeSpan.FromMinutes(10)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Deadline must be 1 millisecond to 10 minutes.");
    }

    /// <summary>The trace id of this test's requests, 32 hexadecimal digits.</summary>
    public string TraceId => _trail.TraceId;

    internal IRecordingSource Source => _source;

    /// <summary>A probe on a host in this process: <c>factory.Services</c> of a WebApplicationFactory, or those of any host with a recorder.</summary>
    /// <exception cref="InvalidOperationException">The host has no recorder.</exception>
    public static RecordingProbe For(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return new RecordingProbe(new HostSource(services));
    }

    /// <summary>A probe on the journal of an app in another process.</summary>
    /// <param name="directory">The journal's directory; it may be made later.</param>
    public static RecordingProbe ForJournal(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return new RecordingProbe(new JournalSource(Path.GetFullPath(directory)));
    }

    /// <summary>The handler that marks requests as this test's: for <c>factory.CreateDefaultClient(probe.CreateHandler())</c>.</summary>
    /// <param name="inner">What sends the requests; null where the factory sets it.</param>
    public DelegatingHandler CreateHandler(HttpMessageHandler? inner = null)
    {
        var handler = new ProbeHandler(_trail);
        if (inner is not null)
        {
            handler.InnerHandler = inner;
        }

        return handler;
    }

    /// <summary>A <c>traceparent</c> value that marks a request as this test's, for clients other than HttpClient.</summary>
    public string NextTraceParent() => _trail.NextTraceParent();

    /// <summary>Counts a recording as this test's, such as that of an operation outside any request.</summary>
    public void Include(Guid recordingId) => _trail.Include(recordingId);

    /// <summary>The one recording of this test that meets the condition; waits for it.</summary>
    /// <param name="predicate">The condition. Default: none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RecordingProbeException">There is none within <see cref="Deadline"/>, or several.</exception>
    public Task<Recording> SingleAsync(Func<Recording, bool>? predicate = null, CancellationToken cancellationToken = default)
        => SingleAsync("a recording of this test" + (predicate is null ? "" : " that meets the condition"), predicate ?? (_ => true), cancellationToken);

    /// <summary>The one recording of this test with a request id, as the caller sent it or the server made it up.</summary>
    /// <inheritdoc cref="SingleAsync(Func{Recording, bool}, CancellationToken)"/>
    public Task<Recording> SingleAsync(string requestId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requestId);
        return SingleAsync($"a recording of this test with request id {requestId}", recording => recording.RequestId == requestId, cancellationToken);
    }

    /// <summary>The recording of the request that was answered so; it must have been sent through <see cref="CreateHandler"/>.</summary>
    /// <inheritdoc cref="SingleAsync(Func{Recording, bool}, CancellationToken)"/>
    public Task<Recording> SingleAsync(HttpResponseMessage response, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(response);
        (string trace, string span) = ProbeHandler.SentWith(response) is { } sent && TraceTrail.Split(sent) is { } ids
            ? ids
            : throw new RecordingProbeException("The request of this response did not go through the probe: make the client with CreateHandler().");
        return SingleAsync(
            $"the recording of {response.RequestMessage!.Method} {response.RequestMessage.RequestUri?.AbsolutePath}",
            recording => recording.TraceId == trace && recording.ParentSpanId == span,
            cancellationToken);
    }

    /// <summary>Waits until there are so many recordings of this test, and returns all of them, oldest first.</summary>
    /// <param name="count">How many there must be at least, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RecordingProbeException">There are fewer within <see cref="Deadline"/>.</exception>
    public async Task<IReadOnlyList<Recording>> AtLeastAsync(int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return await WaitAsync(() => $"{count} recordings of this test", _ => true, count, cancellationToken);
    }

    /// <summary>
    /// The recordings of this test that are there by now, oldest first. On an in-process test server those of all requests whose
    /// response was read to its end; on other servers a recording may come a moment after the response.
    /// </summary>
    public async Task<IReadOnlyList<Recording>> ListAsync(CancellationToken cancellationToken = default)
    {
        await _source.FlushAsync(cancellationToken);
        return await _owned.ReadAsync(cancellationToken);
    }

    /// <summary>Waits until the host has no recording under way, those of other tests too; not longer than the deadline.</summary>
    internal async Task QuietAsync(CancellationToken cancellationToken)
    {
        long deadline = Environment.TickCount64 + (long)Deadline.TotalMilliseconds;
        Task more = _source.MoreAsync();
        await _source.FlushAsync(cancellationToken);
        while (_source.IsBusy && Environment.TickCount64 < deadline)
        {
            await more;
            more = _source.MoreAsync();
            await _source.FlushAsync(cancellationToken);
        }
    }

    /// <summary>Writes each recording of this test as two files, its JSON and its prompt: to attach to a failed test.</summary>
    /// <param name="directory">The directory; made where it is missing. Files of the same name are replaced.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The paths of the files; none when nothing was recorded.</returns>
    public async Task<IReadOnlyList<string>> WriteToAsync(string directory, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return RecordingFiles.Write(await ListAsync(cancellationToken), Path.GetFullPath(directory));
    }

    /// <summary>Lets go of the host.</summary>
    public void Dispose() => _source.Dispose();

    private async Task<Recording> SingleAsync(string what, Func<Recording, bool> predicate, CancellationToken cancellationToken)
    {
        IReadOnlyList<Recording> found = await WaitAsync(() => what, predicate, 1, cancellationToken);
        return found.Count == 1
            ? found[0]
            : throw new RecordingProbeException($"There are {found.Count} instead of {what}:{ProbeMessages.List(found)}");
    }

    private async Task<IReadOnlyList<Recording>> WaitAsync(Func<string> what, Func<Recording, bool> predicate, int count, CancellationToken cancellationToken)
    {
        long deadline = Environment.TickCount64 + (long)Deadline.TotalMilliseconds;
        while (true)
        {
            // Asked before looking, so that nothing ends unseen in between.
            Task more = _source.MoreAsync();
            IReadOnlyList<Recording> all = await ListAsync(cancellationToken);
            Recording[] found = [.. all.Where(predicate)];
            if (found.Length >= count)
            {
                return found;
            }

            long left = deadline - Environment.TickCount64;
            if (left <= 0)
            {
                throw new RecordingProbeException(ProbeMessages.Missing(what(), Deadline, all, _trail.Requests, _source));
            }

            await Task.WhenAny(more, Task.Delay(TimeSpan.FromMilliseconds(left), cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
