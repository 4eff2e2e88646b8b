using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlightRecorder;

/// <summary>
/// Finds a piece of ASCII in bytes, in any case. Its two rarest bytes are compared at 32 places at once; only where both are
/// is the rest looked at.
/// </summary>
internal sealed class Needle
{
    private const byte CaseBit = 0x20;

    // From the commonest in journal lines to the rarest; what is not named is rarer still.
    private static readonly byte[] s_commonFirst = [.. "\"e,:t0rasn1oidp2lcu5h-/m43.87b96{}gf_yqvkwxjz"u8];

    private readonly byte[] _lower;
    private readonly int _first;
    private readonly int _second;

    private Needle(byte[] lower)
    {
        _lower = lower;
        _first = Rarest(lower, except: -1);
        _second = lower.Length == 1 ? _first : Rarest(lower, except: _first);
    }

    /// <param name="ascii">At least one character, ASCII only.</param>
    public static Needle Of(string ascii) => new(System.Text.Encoding.ASCII.GetBytes(ascii.ToLowerInvariant()));

    private static int Rarest(byte[] lower, int except)
    {
        int rarest = -1;
        for (int i = 0; i < lower.Length; i++)
        {
            if (i != except && (rarest < 0 || Rarity(lower[i]) > Rarity(lower[rarest])))
            {
                rarest = i;
            }
        }

        return rarest;
    }

    public bool IsIn(ReadOnlySpan<byte> bytes) => LastIndexOf(bytes) >= 0;

    /// <summary>Where it begins for the last time; -1 when nowhere.</summary>
    public int LastIndexOf(ReadOnlySpan<byte> bytes)
    {
        // The last place of a block of places; places are beginnings of the whole piece, so all reads stay inside.
        int place = bytes.Length - _lower.Length;
        ref byte origin = ref MemoryMarshal.GetReference(bytes);
        Vector256<byte> firstCase = CaseOf(_first), secondCase = CaseOf(_second);
        Vector256<byte> first = Vector256.Create(_lower[_first]), second = Vector256.Create(_lower[_second]);
        for (; place >= Vector256<byte>.Count - 1; place -= Vector256<byte>.Count)
        {
            nuint from = (nuint)(place - (Vector256<byte>.Count - 1));
            Vector256<byte> both = Vector256.Equals(Vector256.LoadUnsafe(ref origin, from + (nuint)_first) | firstCase, first)
                & Vector256.Equals(Vector256.LoadUnsafe(ref origin, from + (nuint)_second) | secondCase, second);
            if (both != Vector256<byte>.Zero && LastOf(bytes, (int)from, both.ExtractMostSignificantBits()) is >= 0 and int found)
            {
                return found;
            }
        }

        for (; place >= 0; place--)
        {
            if (IsAt(bytes, place))
            {
                return place;
            }
        }

        return -1;
    }

    private int LastOf(ReadOnlySpan<byte> bytes, int from, uint places)
    {
        while (places != 0)
        {
            int bit = BitOperations.Log2(places);
            if (IsAt(bytes, from + bit))
            {
                return from + bit;
            }

            places ^= 1u << bit;
        }

        return -1;
    }

    private bool IsAt(ReadOnlySpan<byte> bytes, int place)
    {
        for (int i = 0; i < _lower.Length; i++)
        {
            byte value = bytes[place + i];
            if (value != _lower[i] && (!char.IsAsciiLetterLower((char)_lower[i]) || (value | CaseBit) != _lower[i]))
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<byte> CaseOf(int index) => Vector256.Create(char.IsAsciiLetterLower((char)_lower[index]) ? CaseBit : (byte)0);

    private static int Rarity(byte value)
    {
        int rank = Array.IndexOf(s_commonFirst, value);
        return rank < 0 ? int.MaxValue : rank;
    }
}
