namespace FlightRecorder.PostgreSql;

/// <summary>Some of the rows of a buffer, as one COPY.</summary>
internal sealed class RowSlices(RowBuffer rows, IEnumerable<RowSlice> slices)
{
    // PGCOPY\n\377\r\n\0, flags, length of the header's extension
    private static readonly byte[] s_header = [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static readonly byte[] s_trailer = [0xFF, 0xFF];

    // Each piece is a message, of which the server begins to make rows when it has the whole: while it does, the next one is under way.
    private const int PieceBytes = 64 * 1024;

    public int Count { get; } = slices.Sum(slice => slice.Rows);

    public async Task WriteToAsync(Stream copy, CancellationToken cancellationToken)
    {
        await copy.WriteAsync(s_header, cancellationToken).ConfigureAwait(false);
        foreach ((int start, int length) in Stretches())
        {
            for (int at = start; at < start + length; at += PieceBytes)
            {
                await copy.WriteAsync(rows.Slice(at, Math.Min(PieceBytes, start + length - at)), cancellationToken).ConfigureAwait(false);
            }
        }

        await copy.WriteAsync(s_trailer, cancellationToken).ConfigureAwait(false);
    }

    // Slices that follow each other are written as one: mostly that is the whole buffer.
    private IEnumerable<(int Start, int Length)> Stretches()
    {
        (int start, int end) = (0, 0);
        foreach (RowSlice slice in slices)
        {
            if (slice.Start != end)
            {
                yield return (start, end - start);
                start = slice.Start;
            }

            end = slice.Start + slice.Length;
        }

        yield return (start, end - start);
    }
}

/// <summary>The rows of one recording in a buffer.</summary>
internal readonly record struct RowSlice(int Start, int Length, int Rows);
