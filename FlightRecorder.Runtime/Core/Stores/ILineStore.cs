namespace FlightRecorder;

/// <summary>A store that takes a batch as one run of bytes.</summary>
internal interface ILineStore
{
    /// <summary>As <see cref="IRecordingStore.WriteAsync"/>, for whole lines one behind the other.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken);
}
