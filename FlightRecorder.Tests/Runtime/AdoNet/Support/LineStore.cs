using System.Text;

namespace FlightRecorder.Tests.AdoNet.Support;

/// <summary>Keeps the last line that was written.</summary>
internal sealed class LineStore : IRecordingStore
{
    public string Last { get; private set; } = "";

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

    public ValueTask WriteAsync(IReadOnlyList<EncodedRecording> batch, CancellationToken cancellationToken)
    {
        Last = Encoding.UTF8.GetString(batch[^1].Line.Span);
        return default;
    }

    public ValueTask DisposeAsync() => default;
}
