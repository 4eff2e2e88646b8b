using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlightRecorder;

/// <summary>Growing UTF-8 text, used again and again by one thread at a time. It writes JSON; well-formedness is its caller's.</summary>
internal sealed partial class LineBuffer(int capacity = 4096)
{
    // A line that was once very long is no reason to hold its memory.
    private const int MaxKept = 256 * 1024;

    private const int MicrosecondDigits = 6;

    private byte[] _bytes = new byte[capacity];

    // The times of one second begin alike: "2026-01-02T03:04:05.
    private readonly byte[] _secondText = new byte["\"2026-01-02T03:04:05.".Length];
    private long _second = -1;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The bytes from a position on.</summary>
    public ReadOnlySpan<byte> From(int start) => _bytes.AsSpan(start, Length - start);

    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > MaxKept)
        {
            _bytes = new byte[capacity];
        }
    }

    /// <summary>Clears, and overwrites what was there: for text that was not redacted.</summary>
    public void Wipe()
    {
        if (Length > 0)
        {
            _bytes.AsSpan(0, Length).Clear();
            Clear();
        }
    }

    /// <summary>Forgets what was written after a position.</summary>
    public void CutTo(int length)
    {
        Debug.Assert(length <= Length, "Only cuts.");
        Length = length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>A part of a text. A short one, with text after it, is copied as two whole vectors: what is too much is overwritten later.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw(ReadOnlySpan<byte> text, int from, int to)
    {
        const int Short = 2 * 16;
        byte[] bytes = _bytes;
        int length = Length;
        if ((uint)(to - from) <= Short && text.Length - from >= Short && bytes.Length - length >= Short)
        {
            ref byte source = ref Unsafe.Add(ref MemoryMarshal.GetReference(text), from);
            ref byte target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), length);
            Vector128.LoadUnsafe(ref source).StoreUnsafe(ref target);
            Vector128.LoadUnsafe(ref source, 16).StoreUnsafe(ref target, 16);
            Length = length + (to - from);
        }
        else
        {
            RawPart(text, from, to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Byte(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    /// <summary>A comma, unless the object or array has only been opened.</summary>
    public void Separate()
    {
        if (Length > 0 && _bytes[Length - 1] is not ((byte)'{' or (byte)'['))
        {
            Byte((byte)',');
        }
    }

    /// <summary>The name of a member, with the comma before it where one is due. The name holds nothing to escape.</summary>
    public LineBuffer Member(ReadOnlySpan<byte> name)
    {
        Separate();
        Span<byte> room = Room(name.Length + 3);
        room[0] = (byte)'"';
        name.CopyTo(room[1..]);
        room[name.Length + 1] = (byte)'"';
        room[name.Length + 2] = (byte)':';
        Length += name.Length + 3;
        return this;
    }

    public void Number(long value)
    {
        if ((ulong)value >= 100_000_000)
        {
            value.TryFormat(Room(20), out int written, default, System.Globalization.CultureInfo.InvariantCulture);
            Length += written;
            return;
        }

        // Durations, sizes and the like: nearly all are short.
        Span<byte> room = Room(8);
        uint left = (uint)value;
        int digits = left < 10 ? 1 : left < 100 ? 2 : left < 1000 ? 3 : left < 10_000 ? 4 : left < 100_000 ? 5 : left < 1_000_000 ? 6 : left < 10_000_000 ? 7 : 8;
        for (int i = digits - 1; i > 0; i--)
        {
            (left, uint digit) = Math.DivRem(left, 10);
            room[i] = (byte)('0' + digit);
        }

        room[0] = (byte)('0' + left);
        Length += digits;
    }

    /// <summary>Eight hexadecimal digits in lower case.</summary>
    public void Hex(uint value)
    {
        Span<byte> room = Room(8);
        for (int i = 0; i < 8; i++)
        {
            room[i] = "0123456789abcdef"u8[(int)(value >> (28 - (4 * i))) & 0xF];
        }

        Length += 8;
    }

    public void Boolean(bool value) => Raw(value ? "true"u8 : "false"u8);

    /// <summary>A quoted time: <c>"2026-01-02T03:04:05.123456Z"</c>.</summary>
    public void Time(DateTimeOffset time)
    {
        (long second, long ticks) = Math.DivRem(time.UtcTicks, TimeSpan.TicksPerSecond);
        if (second != _second)
        {
            new DateTime(second * TimeSpan.TicksPerSecond).TryFormat(_secondText, out _, "\\\"yyyy-MM-ddTHH:mm:ss.", System.Globalization.CultureInfo.InvariantCulture);
            _second = second;
        }

        Raw(_secondText);
        Span<byte> room = Room(MicrosecondDigits);
        uint left = (uint)(ticks / TimeSpan.TicksPerMicrosecond);
        for (int i = MicrosecondDigits - 1; i >= 0; i--)
        {
            (left, uint digit) = Math.DivRem(left, 10);
            room[i] = (byte)('0' + digit);
        }

        Length += MicrosecondDigits;
        Raw("Z\""u8);
    }

    /// <summary>A value in an invariant format that holds nothing to escape.</summary>
    public void Unquoted<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        int written;
        for (int size = 64; !value.TryFormat(Room(size), out written, format, System.Globalization.CultureInfo.InvariantCulture); size *= 2)
        {
        }

        Length += written;
    }

    /// <summary>Free bytes at the end; taken by <see cref="Advance"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            Grow(bytes);
        }

        return _bytes.AsSpan(Length);
    }

    public void Advance(int bytes) => Length += bytes;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RawPart(ReadOnlySpan<byte> text, int from, int to) => Raw(text[from..to]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int bytes) => Array.Resize(ref _bytes, (int)Math.Max(Math.Min(_bytes.Length * 2L, Array.MaxLength), Length + (long)bytes));
}
