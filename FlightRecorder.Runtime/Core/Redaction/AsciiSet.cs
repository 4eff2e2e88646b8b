using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FlightRecorder;

/// <summary>A set of ASCII characters that is asked about many characters at once; see <see cref="IAsciiBlock{TSelf}"/>.</summary>
internal readonly struct AsciiSet
{
    /// <summary>For each character's second hexadecimal digit the first digits with which the set holds it, one bit each; the same in each quarter, for a shuffle stays within its own.</summary>
    public readonly Vector512<byte> Entries;

    public AsciiSet(Func<char, bool> holds)
    {
        byte[] set = new byte[16];
        for (int value = 0; value < 128; value++)
        {
            if (holds((char)value))
            {
                set[value & 0x0F] |= (byte)(1 << (value >> 4));
            }
        }

        Entries = Vector512.Create([.. set, .. set, .. set, .. set]);
    }

    /// <summary>The bit of each first digit; those beyond ASCII have none.</summary>
    public static Vector512<byte> Bits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(0x80_40_20_10_08_04_02_01, 0, 0x80_40_20_10_08_04_02_01, 0, 0x80_40_20_10_08_04_02_01, 0, 0x80_40_20_10_08_04_02_01, 0).AsByte();
    }
}
