using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace FlightRecorder;

/// <summary>
/// Lines on their way to the store, one behind the other in one piece of memory: a request copies its line in from a hot
/// buffer, and one write carries all of them out. Used again and again.
/// </summary>
internal sealed class LineBatch(int capacity)
{
    private const int CacheLine = 64;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(capacity);
    private readonly List<Line> _lines = [];

    // Where a line ends the next one begins.
    private readonly record struct Line(Guid Id, long Sequence, int Start, int Slot);

    public int Capacity => _bytes.Length;

    /// <summary>How many lines there are.</summary>
    public int Count => _lines.Count;

    /// <summary>How many bytes they take.</summary>
    public int Length { get; private set; }

    /// <summary>All lines, each with its line feed.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

    /// <summary>Copies a line in; false when there is no room for it.</summary>
    public bool TryAdd(Guid id, long sequence, ReadOnlySpan<byte> line, int slot = -1)
    {
        if (line.Length > _bytes.Length - Length)
        {
            return false;
        }

        line.CopyTo(_bytes.AsSpan(Length));
        _lines.Add(new Line(id, sequence, Length, slot));
        Length += line.Length;
        return true;
    }

    /// <summary>
    /// Asks the processor to fetch the memory where the next line goes. It was last touched thousands of lines ago; copied into cold, a line
    /// would hold up whoever takes a lock right after. A hint: it reads nothing, and any address will do.
    /// </summary>
    public unsafe void Prefetch(int bytes)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        int end = Math.Min(Length + bytes, _bytes.Length);
        ref byte first = ref MemoryMarshal.GetArrayDataReference(_bytes);
        for (int at = Length; at < end; at += CacheLine)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, at)));
        }
    }

    /// <summary>One line, with its line feed.</summary>
    public ReadOnlySpan<byte> At(int index) => _bytes.AsSpan(_lines[index].Start, LengthAt(index));

    /// <summary>The lines one by one, for stores that want them so; valid until the batch is used again.</summary>
    public IReadOnlyList<EncodedRecording> ToRecordings()
    {
        var recordings = new EncodedRecording[_lines.Count];
        for (int i = 0; i < recordings.Length; i++)
        {
            Line line = _lines[i];
            recordings[i] = new EncodedRecording { Id = line.Id, Sequence = line.Sequence, Line = _bytes.AsMemory(line.Start, LengthAt(i)) };
        }

        return recordings;
    }

    /// <summary>The slot of a line's recording; negative where it has none.</summary>
    public int SlotAt(int index) => _lines[index].Slot;

    public void Clear()
    {
        _lines.Clear();
        Length = 0;
    }

    private int LengthAt(int index) => (index + 1 < _lines.Count ? _lines[index + 1].Start : Length) - _lines[index].Start;
}
