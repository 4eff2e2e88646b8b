using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FlightRecorder;

/// <summary>Lays a recording flat into a page: numbers and bodies one behind the other as bytes, everything else as references.</summary>
internal ref struct HeldWriter(Span<byte> bytes, Span<object?> references)
{
    private readonly Span<byte> _bytes = bytes;
    private readonly Span<object?> _references = references;

    public int ByteCount { get; private set; }

    public int ReferenceCount { get; private set; }

    public void Value<T>(in T value)
        where T : unmanaged
    {
        MemoryMarshal.Write(_bytes[ByteCount..], in value);
        ByteCount += Unsafe.SizeOf<T>();
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(_bytes[ByteCount..]);
        ByteCount += value.Length;
    }

    public void Reference(object? value) => _references[ReferenceCount++] = value;
}

/// <summary>Reads what a <see cref="HeldWriter"/> wrote, in the same order.</summary>
internal ref struct HeldReader(ReadOnlySpan<byte> bytes, ReadOnlySpan<object?> references)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly ReadOnlySpan<object?> _references = references;

    public int ByteCount { get; private set; }

    public int ReferenceCount { get; private set; }

    public T Value<T>()
        where T : unmanaged
    {
        T value = MemoryMarshal.Read<T>(_bytes[ByteCount..]);
        ByteCount += Unsafe.SizeOf<T>();
        return value;
    }

    public ReadOnlySpan<byte> Bytes(int length)
    {
        ReadOnlySpan<byte> value = _bytes.Slice(ByteCount, length);
        ByteCount += length;
        return value;
    }

    public T? Reference<T>()
        where T : class
        => Unsafe.As<T?>(_references[ReferenceCount++]);

    public object? Reference() => _references[ReferenceCount++];
}
