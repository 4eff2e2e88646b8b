using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FlightRecorder;

/// <summary>64 bytes from the inside of a JSON string, looked over and copied at once.</summary>
internal interface IStringBlock<TSelf>
    where TSelf : struct, IStringBlock<TSelf>
{
    /// <summary>Reads the bytes and looks for quotes, backslashes and control characters, and for what is beyond ASCII where that has its highest bit set.</summary>
    static abstract TSelf Load(ref byte json, byte beyondAscii);

    /// <summary>One bit for each byte that is looked for.</summary>
    ulong Stops();

    /// <summary>Whether one of two blocks has any.</summary>
    static abstract bool AnyStops(in TSelf first, in TSelf second);

    void Store(ref byte target);
}

/// <summary>As one vector, classified by one look-up of all 128 characters of ASCII.</summary>
internal readonly struct StringBlock512 : IStringBlock<StringBlock512>
{
    private readonly Vector512<byte> _bytes;
    private readonly Vector512<byte> _stops;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private StringBlock512(Vector512<byte> bytes, Vector512<byte> stops)
    {
        _bytes = bytes;
        _stops = stops;
    }

    /// <summary>Whether this processor has the look-up, and vectors so wide at full speed.</summary>
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx512Vbmi.IsSupported && Vector512.IsHardwareAccelerated;
    }

    // The highest bit at the control characters and the quote, and at the backslash.
    private static Vector512<byte> Below64
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(0x8080808080808080, 0x8080808080808080, 0x8080808080808080, 0x8080808080808080, 0x0000000000800000, 0, 0, 0).AsByte();
    }

    private static Vector512<byte> From64
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(0, 0, 0, 0x0000008000000000UL, 0, 0, 0, 0).AsByte();
    }

    // The look-up takes no notice of a byte's highest bit, which chooses what of the two is asked.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StringBlock512 Load(ref byte json, byte beyondAscii)
    {
        Vector512<byte> bytes = Vector512.LoadUnsafe(ref json);
        return new(bytes, Vector512.ConditionalSelect(bytes, Vector512.Create(beyondAscii), Avx512Vbmi.PermuteVar64x8x2(Below64, bytes, From64)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Stops() => _stops.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyStops(in StringBlock512 first, in StringBlock512 second) => (first._stops | second._stops).ExtractMostSignificantBits() != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref byte target) => _bytes.StoreUnsafe(ref target);
}

/// <summary>As two vectors.</summary>
internal readonly struct StringBlock256 : IStringBlock<StringBlock256>
{
    private readonly Vector256<byte> _low;
    private readonly Vector256<byte> _high;
    private readonly Vector256<byte> _lowStops;
    private readonly Vector256<byte> _highStops;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private StringBlock256(Vector256<byte> low, Vector256<byte> high, Vector256<byte> flip)
    {
        _low = low;
        _high = high;
        _lowStops = StopsIn(low, flip);
        _highStops = StopsIn(high, flip);
    }

    // Compared as signed bytes, those beyond ASCII come before all others; flipped, after them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StringBlock256 Load(ref byte json, byte beyondAscii)
        => new(Vector256.LoadUnsafe(ref json), Vector256.LoadUnsafe(ref json, (nuint)Vector256<byte>.Count), Vector256.Create((byte)(beyondAscii ^ 0x80)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Stops() => _lowStops.ExtractMostSignificantBits() | ((ulong)_highStops.ExtractMostSignificantBits() << 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyStops(in StringBlock256 first, in StringBlock256 second)
        => ((first._lowStops | first._highStops) | (second._lowStops | second._highStops)).ExtractMostSignificantBits() != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref byte target)
    {
        _low.StoreUnsafe(ref target);
        _high.StoreUnsafe(ref target, (nuint)Vector256<byte>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> StopsIn(Vector256<byte> bytes, Vector256<byte> flip)
        => JsonScan.Marks(bytes) | Vector256.LessThan((bytes ^ flip).AsSByte(), (Vector256.Create((byte)0x20) ^ flip).AsSByte()).AsByte();
}
