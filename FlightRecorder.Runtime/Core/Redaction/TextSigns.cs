using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FlightRecorder;

/// <summary>
/// What one look over a text saw, 64 bytes at a time: places where a secret's shape might begin, and signs of encoded text, which are
/// escapes and runs of base64 or hex characters. Ordinary text has hardly any, and needs no closer look.
/// </summary>
internal struct TextSigns
{
    /// <summary>Runs of so many characters are seen; shorter ones may be.</summary>
    public const int ShortestRun = (3 * 4) + 3;

    private const int Block = 64;
    private const ulong GroupStarts = 0x1111111111111111;

    // A shape is looked for where a character stands that is rare in ordinary text; a bearer token, where its first two do.
    private static readonly AsciiSet s_rare = new(value => value is '=' or '\\' or 'J' or '/' or 'G');
    private static readonly AsciiSet s_bearer = new(value => value is 'b' or 'B');
    private static readonly AsciiSet s_bearerNext = new(value => value is 'e' or 'E');
    private static readonly AsciiSet s_numberParts = new(value => char.IsAsciiDigit(value) || value is ' ' or '-');
    private static readonly AsciiSet s_runCharacters = new(value => char.IsAsciiLetterOrDigit(value) || value is '+' or '/' or '-' or '_');
    private static readonly AsciiSet s_escapes = new(value => value is '%' or '\\' or '&' or '+' or '\0');

    private Places _runs;
    private int _runCount;
    private bool _mayHoldShape;
    private bool _isEscaped;
    private bool _hasMoreRuns;

    [InlineArray(Capacity)]
    private struct Places
    {
        public const int Capacity = 8;

        private int _first;
    }

    // The groups of the block before, and the escapes of all.
    private struct Before
    {
        public ulong Numbers;
        public ulong Runs;
        public ulong Escapes;
    }

    /// <summary>Whether this processor can look so.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>Whether a secret's shape may be there; false is certain.</summary>
    public readonly bool MayHoldShape => _mayHoldShape;

    /// <summary>Whether there is an escape.</summary>
    public readonly bool IsEscaped => _isEscaped;

    /// <summary>A place in each run of base64 or hex characters, in order; the same run may come twice.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<int> Runs => ((ReadOnlySpan<int>)_runs)[.._runCount];

    /// <summary>Whether there are more runs behind the last of <see cref="Runs"/>.</summary>
    public readonly bool HasMoreRuns => _hasMoreRuns;

    /// <summary>Looks over a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to begin: not inside a run.</param>
    public void Look(ReadOnlySpan<byte> text, int from = 0)
    {
        if (Avx512BW.IsSupported)
        {
            Look<AsciiBlock512>(text, from);
        }
        else
        {
            Look<AsciiBlock256>(text, from);
        }
    }

    /// <summary>The same with blocks of one kind.</summary>
    public void Look<TBlock>(ReadOnlySpan<byte> text, int from)
        where TBlock : struct, IAsciiBlock<TBlock>
    {
        // No stackalloc here: the runtime would never compile the loop again with what it learnt from running it.
        _runCount = 0;
        _mayHoldShape = _isEscaped = _hasMoreRuns = false;
        ref byte first = ref MemoryMarshal.GetReference(text);
        var before = default(Before);
        int at = from;
        for (; at + Block <= text.Length; at += Block)
        {
            Look(TBlock.Load(ref Unsafe.Add(ref first, at)), text, at, ref before);
        }

        Vector512<byte> rest = Vector512.Create((byte)'\n');
        text[at..].CopyTo(MemoryMarshal.AsBytes(new Span<Vector512<byte>>(ref rest)));
        Look(TBlock.Load(ref Unsafe.As<Vector512<byte>, byte>(ref rest)), text, at, ref before);
        _isEscaped = before.Escapes != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Look<TBlock>(TBlock characters, ReadOnlySpan<byte> text, int at, ref Before before)
        where TBlock : struct, IAsciiBlock<TBlock>
    {
        before.Escapes |= characters.In(s_escapes);

        // Runs are found by the whole groups of four characters that they cover, side by side, wherever they begin. A card number covers two.
        ulong full = Groups(characters.In(s_numberParts));
        ulong numbers = full & ((full << 4) | (before.Numbers >> 60));
        before.Numbers = full;

        full = Groups(characters.In(s_runCharacters));
        ulong runs = full & ((full << 4) | (before.Runs >> 60)) & ((full << 8) | (before.Runs >> 56));
        before.Runs = full;

        // What follows the last character is in the next block: it may be anything.
        ulong anchors = characters.In(s_rare) | (characters.In(s_bearer) & ((characters.In(s_bearerNext) >> 1) | (1UL << 63)));
        if ((numbers | runs | anchors) != 0)
        {
            Note(text, at, numbers, runs, anchors);
        }
    }

    // The first of each group that is full.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Groups(ulong characters)
    {
        characters &= characters >> 1;
        return characters & (characters >> 2) & GroupStarts;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Note(ReadOnlySpan<byte> text, int block, ulong numbers, ulong runs, ulong anchors)
    {
        _mayHoldShape = _mayHoldShape || AnyIsNumber(text, block, numbers) || AnyIsAnchor(text, block, anchors);

        // One place in each row of groups is enough.
        for (runs &= ~(runs << 4); runs != 0; runs &= runs - 1)
        {
            NoteRun(block + BitOperations.TrailingZeroCount(runs));
        }
    }

    private void NoteRun(int place)
    {
        if (_runCount == Places.Capacity)
        {
            _hasMoreRuns = true;
        }
        else
        {
            _runs[_runCount++] = place;
        }
    }

    private static bool AnyIsNumber(ReadOnlySpan<byte> text, int block, ulong places)
    {
        for (; places != 0; places &= places - 1)
        {
            if (DigitRuns.IsLongAround(text, block + BitOperations.TrailingZeroCount(places)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AnyIsAnchor(ReadOnlySpan<byte> text, int block, ulong places)
    {
        for (; places != 0; places &= places - 1)
        {
            if (IsAnchor(text, block + BitOperations.TrailingZeroCount(places)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAnchor(ReadOnlySpan<byte> text, int at) => text[at] switch
    {
        (byte)'=' => true,
        (byte)'\\' => text[at..].StartsWith(@"\u00"u8) || (text[at..].StartsWith(@"\/"u8) && text[..at].EndsWith(":"u8)) || JsonPairShape.IsAt(text, at),
        (byte)'J' => text[..at].EndsWith("ey"u8),
        (byte)'/' => text[..at].EndsWith(":"u8) && text[at..].StartsWith("//"u8),
        (byte)'G' => text[..at].EndsWith("-----BE"u8),
        _ => BearerShape.IsAt(text, at),
    };
}
