using System.Text;
using FlightRecorder.Tests.Core.Stores;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Journal;

public class ForwardLinesTests
{
    private const int SegmentBytes = 20 * 1024;

    private static readonly string[] s_lines = [.. Enumerable.Range(1, 22).Select(i => LineBuilder.Request(i, extra: Lines.Padding(500 + i)))];
    private static readonly byte[] s_segment = LineBuilder.Bytes(s_lines);

    [Test]
    public void A_segment_cut_at_any_byte_has_the_lines_before_the_cut_in_both_directions()
    {
        for (int length = 0; length <= s_segment.Length; length++)
        {
            byte[] cut = s_segment[..length];
            int whole = cut.AsSpan().Count((byte)'\n') + (length < s_segment.Length && s_segment[length] == (byte)'\n' ? 1 : 0);

            if (!Numbers(Forward(cut)).SequenceEqual(Enumerable.Range(0, whole)) || !Numbers(Backward(cut)).Reverse().SequenceEqual(Enumerable.Range(0, whole)))
            {
                Assert.Fail($"cut at {length}: {string.Join(' ', Numbers(Forward(cut)))}, backwards {string.Join(' ', Numbers(Backward(cut)))}");
            }
        }

        TestContext.Out.WriteLine($"{s_segment.Length + 1} faults injected: cuts of a segment");
        Assert.That(s_segment, Has.Length.GreaterThanOrEqualTo(SegmentBytes));
    }

    [Test]
    public void Any_flipped_bit_of_a_segment_costs_its_line_at_most_and_backwards_too_in_any_byte()
    {
        byte[] damaged = [.. s_segment];
        for (int bit = 0; bit < s_segment.Length * 8; bit++)
        {
            int hit = s_segment.AsSpan(0, bit / 8).Count((byte)'\n');
            bool isLineFeed = s_segment[bit / 8] == (byte)'\n';
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));

            // A hit line feed joins two lines: backwards both are saved from what they became.
            IEnumerable<int> others = Enumerable.Range(0, s_lines.Length).Where(line => line != hit);
            int[] forward = [.. others.Where(line => !isLineFeed || line != hit + 1)];
            int[] backward = isLineFeed ? [.. Enumerable.Range(0, s_lines.Length)] : [.. others];
            bool isBoth = bit % 8 == bit / 8 % 8;
            if (!Numbers(Forward(damaged)).SequenceEqual(forward) || (isBoth && !Numbers(Backward(damaged)).Order().SequenceEqual(backward)))
            {
                Assert.Fail($"bit {bit}: {string.Join(' ', Numbers(Forward(damaged)))}, backwards {string.Join(' ', Numbers(Backward(damaged)))}");
            }

            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        TestContext.Out.WriteLine($"{s_segment.Length * 8} faults injected: flipped bits of a segment");
        Assert.That(s_segment, Has.Length.GreaterThanOrEqualTo(SegmentBytes));
    }

    [Test]
    public void Pieces_tell_where_they_begin_and_lie_side_by_side()
    {
        byte[] bytes = [.. "one\n"u8, .. new byte[700], .. "two\n"u8, .. "thr"u8, .. new byte[600], .. "\n\nfour\nfi"u8];

        List<(StretchKind Kind, long Offset, long Length)> pieces = [.. Pieces(new MemoryStream(bytes)).Select(piece => (piece.Kind, piece.Offset, piece.Length))];

        Assert.That(pieces, Is.EqualTo(new[]
        {
            (StretchKind.Line, 0L, 4L), (StretchKind.Zeros, 4, 700), (StretchKind.Line, 704, 4), (StretchKind.Line, 708, 604), (StretchKind.Line, 1312, 1), (StretchKind.Line, 1313, 5), (StretchKind.Torn, 1318, 2),
        }));
    }

    [Test]
    public void A_line_that_breaks_off_in_a_gigabyte_of_zeros_costs_no_memory()
    {
        using var directory = new JournalDirectory();
        string path = directory.Write("zeros.jsonl", LineBuilder.Bytes("whole", "half")[..^1]);
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(10 + (1L << 30));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        using FileStream stream = SegmentReader.Open(path)!;
        List<(StretchKind Kind, long Offset, long Length)> pieces = [.. Pieces(stream).Select(piece => (piece.Kind, piece.Offset, piece.Length))];

        Assert.That(pieces, Is.EqualTo(new[] { (StretchKind.Line, 0L, 6L), (StretchKind.Torn, 6, 4), (StretchKind.Zeros, 10, 1L << 30) }));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(2_000_000));
    }

    [TestCase(-1, StretchKind.Line)]
    [TestCase(0, StretchKind.TooLong)]
    [TestCase(1_000_000, StretchKind.TooLong)]
    public void A_line_is_too_long_from_the_bound_on(int beyond, object kind)
    {
        using var stream = new LongStream("x\n"u8.ToArray(), LineWindow.MaxLine + beyond, "\ny\n"u8.ToArray());

        Assert.That(Pieces(stream).Select(piece => piece.Kind), Is.EqualTo(new[] { StretchKind.Line, (StretchKind)kind, StretchKind.Line }));
    }

    [Test]
    public void A_hundred_megabytes_without_a_line_feed_are_one_piece_in_bounded_memory()
    {
        using var stream = new LongStream("x\n"u8.ToArray(), 100_000_000, "y\n"u8.ToArray());

        long before = GC.GetAllocatedBytesForCurrentThread();
        List<(StretchKind Kind, long Offset, long Length)> pieces = [.. Pieces(stream).Select(piece => (piece.Kind, piece.Offset, piece.Length))];

        Assert.That(pieces, Is.EqualTo(new[] { (StretchKind.Line, 0L, 2L), (StretchKind.TooLong, 2, 100_000_002) }));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(5 * LineWindow.MaxLine));
    }

    [Test]
    public void At_the_end_of_a_growing_file_reading_goes_on_where_it_stopped()
    {
        using var stream = new MemoryStream();
        var lines = new ForwardLines(stream, 0);
        var read = new List<string>();
        foreach (byte value in s_segment)
        {
            stream.Position = stream.Length;
            stream.WriteByte(value);
            while (lines.TryNext(out Stretch piece))
            {
                read.Add(Encoding.UTF8.GetString(piece.Bytes.Span));
            }
        }

        Assert.That(read, Is.EqualTo(s_lines));
    }

    private static IEnumerable<Stretch> Pieces(Stream stream)
    {
        var lines = new ForwardLines(stream, 0);
        while (lines.TryNext(out Stretch piece) || lines.TakeRest(out piece))
        {
            yield return piece;
        }
    }

    private static IEnumerable<int> Forward(byte[] bytes)
        => Pieces(new MemoryStream(bytes)).Where(piece => LineTrailer.IsIntact(piece.Bytes.Span)).Select(piece => piece.Bytes.Length);

    private static IEnumerable<int> Backward(byte[] bytes)
        => new BackwardLines(new MemoryStream(bytes), bytes.Length, new JournalScan()).Read().Select(line => line.Length);

    // Each line has a length of its own.
    private static IEnumerable<int> Numbers(IEnumerable<int> lengths) => lengths.Select(length => Array.FindIndex(s_lines, line => line.Length == length));

    // Head, many bytes that are no line feed, tail; none of it held.
    private sealed class LongStream(byte[] head, long middle, byte[] tail) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => head.Length + middle + tail.Length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = (int)Math.Min(count, Length - Position);
            for (int i = 0; i < read; i++, Position++)
            {
                buffer[offset + i] = Position < head.Length ? head[Position] : Position < head.Length + middle ? (byte)'x' : tail[Position - head.Length - middle];
            }

            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
