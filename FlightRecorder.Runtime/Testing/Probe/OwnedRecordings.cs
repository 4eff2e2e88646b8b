using System.Collections.Concurrent;

namespace FlightRecorder.Testing;

/// <summary>Reads the recordings of one test: those of its traces, those it named, and the operations begun inside them.</summary>
internal sealed class OwnedRecordings(IRecordingReader reader, TraceTrail trail)
{
    private const int MostListed = 10_000;

    // A recording never changes; each is read once.
    private readonly ConcurrentDictionary<Guid, Recording> _read = new();

    public async Task<IReadOnlyList<Recording>> ReadAsync(CancellationToken cancellationToken)
    {
        var owned = new List<Recording>();
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

        // Listed newest first: an operation stands after what it was begun in.
        IReadOnlyList<RecordingSummary> listed = await reader.ListAsync(new RecordingQuery { Limit = MostListed }, cancellationToken);
        foreach (RecordingSummary summary in listed.OrderBy(one => one.StartedAt).ThenBy(one => one.Sequence))
        {
            if ((trail.Owns(summary) || summary.Kind == RecordingKind.Operation)
                && await GetAsync(summary.Id, cancellationToken) is { } recording
                && (trail.Owns(summary) || (recording.Parent is { } parent && ids.Contains(parent))))
            {
                owned.Add(recording);
                ids.Add(recording.Id.ToString());
            }
        }

        return owned;
    }

    private async ValueTask<Recording?> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        if (_read.TryGetValue(id, out Recording? known))
        {
            return known;
        }

        Recording? recording = await reader.GetAsync(id, cancellationToken);
        return recording is null ? null : _read.GetOrAdd(id, recording);
    }
}
