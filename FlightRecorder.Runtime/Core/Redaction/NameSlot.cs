using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlightRecorder;

/// <summary>One spelling of a member name with its answer. Up to 16 bytes compare as two words.</summary>
internal sealed class NameSlot(ulong head, ulong tail, byte[] name, MemberAction action)
{
    // A vector holds a name of so many bytes with two quotes, the colon and what is before it.
    private const int MaxMember = 16 - 4;

    // The first bytes as they stand in the input, for a comparison without a call.
    private readonly ulong _word = name.Length >= 8 ? head : Word(name);
    private readonly ulong _wordMask = name.Length >= 8 ? ulong.MaxValue : (1UL << (8 * name.Length)) - 1;

    // The quoted name and its colon, one byte on: ?"name":
    private readonly Vector128<byte> _member = Member(name);
    private readonly Vector128<byte> _memberMask = MemberMask(name.Length);

    /// <summary>In bytes.</summary>
    public int Length { get; } = name.Length;

    public MemberAction Action { get; } = action;

    /// <summary>The name that came after this one, the first time one did.</summary>
    public NameSlot? Following { get; set; }

    /// <summary>Whether the name, quoted, stands at a position; not asked near the end of the input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAt(ReadOnlySpan<byte> json, int at)
    {
        if (at + Length + 2 + sizeof(ulong) > json.Length)
        {
            return false;
        }

        ref byte quote = ref Unsafe.Add(ref MemoryMarshal.GetReference(json), at);
        ref byte text = ref Unsafe.Add(ref quote, 1);
        return quote == '"'
            && Unsafe.Add(ref text, Length) == '"'
            && (Unsafe.ReadUnaligned<ulong>(ref text) & _wordMask) == _word
            && (Length <= 8 || IsRestAt(ref text, json, at));
    }

    /// <summary>
    /// Whether the name stands one character behind a position, quoted, and with its colon. Always false where it is too long for one look, or the
    /// input ends too near.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsMemberAfter(ReadOnlySpan<byte> json, int at)
        => at + Vector128<byte>.Count <= json.Length
            && (Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(json), (nuint)at) & _memberMask) == _member;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Is(ulong otherHead, ulong otherTail, ReadOnlySpan<byte> other)
        => head == otherHead && tail == otherTail && Length == other.Length && (other.Length <= 16 || other.SequenceEqual(name));

    /// <summary>The first and the last eight bytes; shorter names are packed so that no two of one length are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ulong Head, ulong Tail) Ends(ReadOnlySpan<byte> name)
    {
        ref byte first = ref MemoryMarshal.GetReference(name);
        int length = name.Length;
        if (length >= 8)
        {
            return (Unsafe.ReadUnaligned<ulong>(ref first), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, length - 8)));
        }

        if (length >= 4)
        {
            uint head = Unsafe.ReadUnaligned<uint>(ref first);
            uint tail = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, length - 4));
            return (head | ((ulong)tail << 32), 0);
        }

        return length == 0 ? (0UL, 0UL) : (first | ((ulong)Unsafe.Add(ref first, length / 2) << 8) | ((ulong)Unsafe.Add(ref first, length - 1) << 16), 0UL);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Hash(ulong head, ulong tail, int length)
        => (uint)(((head ^ System.Numerics.BitOperations.RotateLeft(tail, 29) ^ (uint)length) * 0x9E3779B97F4A7C15) >> 40);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsRestAt(ref byte text, ReadOnlySpan<byte> json, int at)
        => Length <= 16
            ? Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, Length - 8)) == tail
            : json.Slice(at + 1, Length).SequenceEqual(name);

    private static Vector128<byte> Member(byte[] name)
    {
        if (name.Length > MaxMember)
        {
            return Vector128<byte>.AllBitsSet;
        }

        Span<byte> member = stackalloc byte[Vector128<byte>.Count];
        member.Clear();
        member[1] = (byte)'"';
        name.CopyTo(member[2..]);
        member[name.Length + 2] = (byte)'"';
        member[name.Length + 3] = (byte)':';
        return Vector128.Create<byte>(member);
    }

    // Nothing of a name that is too long: what is left of any input is then never what is asked for.
    private static Vector128<byte> MemberMask(int length)
    {
        Span<byte> mask = stackalloc byte[Vector128<byte>.Count];
        mask.Clear();
        mask.Slice(1, length > MaxMember ? 0 : length + 3).Fill(0xFF);
        return Vector128.Create<byte>(mask);
    }

    private static ulong Word(byte[] name)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        word.Clear();
        name.CopyTo(word);
        return MemoryMarshal.Read<ulong>(word);
    }
}
