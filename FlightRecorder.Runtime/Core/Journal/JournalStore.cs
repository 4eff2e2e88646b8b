using Microsoft.Extensions.Logging;

namespace FlightRecorder;

/// <summary>The journal as a store: append-only JSONL segments in a local directory.</summary>
internal sealed class JournalStore(JournalOptions options, string contentRoot, ILogger logger) : IRecordingStore
{
    /// <summary>The directory of the options, absolute.</summary>
    public static string DirectoryOf(JournalOptions options, string contentRoot) => Path.GetFullPath(options.Directory, contentRoot);

    public ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(DirectoryOf(options, contentRoot));
        return default;
    }

    public async ValueTask WriteAsync(IReadOnlyList<EncodedRecording> batch, CancellationToken cancellationToken)
    {
        string directory = DirectoryOf(options, contentRoot);
        if (!Directory.Exists(directory))
        {
            Log.JournalDegraded(logger, directory, "missing");
        }

        foreach (EncodedRecording recording in batch)
        {
            await File.AppendAllBytesAsync(Path.Combine(directory, "draft.jsonl"), recording.Line.ToArray(), cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => default;
}
