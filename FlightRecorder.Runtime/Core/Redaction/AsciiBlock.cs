using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FlightRecorder;

/// <summary>64 characters that are asked which of them a set holds; one bit for each.</summary>
internal interface IAsciiBlock<TSelf>
    where TSelf : struct, IAsciiBlock<TSelf>
{
    static abstract TSelf Load(ref byte text);

    ulong In(in AsciiSet set);
}

/// <summary>As one vector.</summary>
internal readonly struct AsciiBlock512 : IAsciiBlock<AsciiBlock512>
{
    private readonly Vector512<byte> _second;
    private readonly Vector512<byte> _bit;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private AsciiBlock512(Vector512<byte> text)
    {
        _second = text & Vector512.Create((byte)0x0F);
        _bit = Avx512BW.Shuffle(AsciiSet.Bits, (text.AsUInt16() >>> 4).AsByte() & Vector512.Create((byte)0x0F));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static AsciiBlock512 Load(ref byte text) => new(Vector512.LoadUnsafe(ref text));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong In(in AsciiSet set)
        => ~Vector512.Equals(Avx512BW.Shuffle(set.Entries, _second) & _bit, Vector512<byte>.Zero).ExtractMostSignificantBits();
}

/// <summary>As two vectors.</summary>
internal readonly struct AsciiBlock256 : IAsciiBlock<AsciiBlock256>
{
    private readonly Vector256<byte> _lowSecond;
    private readonly Vector256<byte> _highSecond;
    private readonly Vector256<byte> _lowBit;
    private readonly Vector256<byte> _highBit;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private AsciiBlock256(Vector256<byte> low, Vector256<byte> high)
    {
        _lowSecond = low & Vector256.Create((byte)0x0F);
        _highSecond = high & Vector256.Create((byte)0x0F);
        _lowBit = BitOf(low);
        _highBit = BitOf(high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static AsciiBlock256 Load(ref byte text) => new(Vector256.LoadUnsafe(ref text), Vector256.LoadUnsafe(ref text, 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong In(in AsciiSet set) => ~(Outside(set, _lowSecond, _lowBit) | ((ulong)Outside(set, _highSecond, _highBit) << 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> BitOf(Vector256<byte> text)
        => Avx2.Shuffle(AsciiSet.Bits.GetLower(), (text.AsUInt16() >>> 4).AsByte() & Vector256.Create((byte)0x0F));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Outside(in AsciiSet set, Vector256<byte> second, Vector256<byte> bit)
        => Vector256.Equals(Avx2.Shuffle(set.Entries.GetLower(), second) & bit, Vector256<byte>.Zero).ExtractMostSignificantBits();
}
