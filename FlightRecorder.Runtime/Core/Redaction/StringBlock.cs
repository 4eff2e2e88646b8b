using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FlightRecorder;

/// <summary>A part of the inside of a JSON string, looked over and copied at once.</summary>
internal interface IStringBlock<TSelf>
    where TSelf : struct, IStringBlock<TSelf>
{
    static abstract int Size { get; }

    static abstract TSelf Load(ref byte json);

    /// <summary>Whether there is a quote, a backslash, a control character or, without a flip, a byte beyond ASCII. The bytes compare as signed ones: flipped by 0x80, those beyond ASCII come last.</summary>
    bool HasStop(byte flip);

    void Store(ref byte target);
}

/// <summary>Two vectors of 64 bytes.</summary>
internal readonly struct StringBlock512 : IStringBlock<StringBlock512>
{
    private readonly Vector512<byte> _first;
    private readonly Vector512<byte> _second;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private StringBlock512(Vector512<byte> first, Vector512<byte> second)
    {
        _first = first;
        _second = second;
    }

    public static int Size => 2 * Vector512<byte>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StringBlock512 Load(ref byte json) => new(Vector512.LoadUnsafe(ref json), Vector512.LoadUnsafe(ref json, (nuint)Vector512<byte>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasStop(byte flip) => (Stops(_first, flip) | Stops(_second, flip)) != Vector512<byte>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref byte target)
    {
        _first.StoreUnsafe(ref target);
        _second.StoreUnsafe(ref target, (nuint)Vector512<byte>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Stops(Vector512<byte> bytes, byte flip)
        => Vector512.Equals(bytes, Vector512.Create((byte)'"'))
            | Vector512.Equals(bytes, Vector512.Create((byte)'\\'))
            | Vector512.LessThan((bytes ^ Vector512.Create(flip)).AsSByte(), Vector512.Create((byte)(0x20 ^ flip)).AsSByte()).AsByte();
}

/// <summary>Two vectors of 32 bytes.</summary>
internal readonly struct StringBlock256 : IStringBlock<StringBlock256>
{
    private readonly Vector256<byte> _first;
    private readonly Vector256<byte> _second;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private StringBlock256(Vector256<byte> first, Vector256<byte> second)
    {
        _first = first;
        _second = second;
    }

    public static int Size => 2 * Vector256<byte>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StringBlock256 Load(ref byte json) => new(Vector256.LoadUnsafe(ref json), Vector256.LoadUnsafe(ref json, (nuint)Vector256<byte>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasStop(byte flip) => (Stops(_first, flip) | Stops(_second, flip)) != Vector256<byte>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref byte target)
    {
        _first.StoreUnsafe(ref target);
        _second.StoreUnsafe(ref target, (nuint)Vector256<byte>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Stops(Vector256<byte> bytes, byte flip)
        => Vector256.Equals(bytes, Vector256.Create((byte)'"'))
            | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
            | Vector256.LessThan((bytes ^ Vector256.Create(flip)).AsSByte(), Vector256.Create((byte)(0x20 ^ flip)).AsSByte()).AsByte();
}
