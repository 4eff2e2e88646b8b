namespace FlightRecorder;

/// <summary>The lines of a batch side by side, so that one write carries them all.</summary>
internal sealed class BatchBuffer
{
    // What the writer hands over at once, except a single longer line, which needs no copy.
    private byte[] _bytes = new byte[64 * 1024];

    /// <summary>The batch as one run of bytes, valid until the next call.</summary>
    public ReadOnlyMemory<byte> Join(IReadOnlyList<EncodedRecording> batch)
    {
        if (batch.Count == 1)
        {
            return batch[0].Line;
        }

        Reserve(batch);
        int length = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            batch[i].Line.Span.CopyTo(_bytes.AsSpan(length));
            length += batch[i].Line.Length;
        }

        return _bytes.AsMemory(0, length);
    }

    private void Reserve(IReadOnlyList<EncodedRecording> batch)
    {
        int length = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            length = checked(length + batch[i].Line.Length);
        }

        if (length > _bytes.Length)
        {
            _bytes = new byte[Math.Max(length, Math.Min(_bytes.Length * 2, RecordingQueue.MaxBatchBytes))];
        }
    }
}
