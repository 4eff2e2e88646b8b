namespace FlightRecorder;

/// <summary>Text cut at a byte limit.</summary>
internal static class Utf8Cut
{
    /// <summary>The length without the sequence that the cut may have split.</summary>
    public static int LengthWithoutCutRune(ReadOnlySpan<byte> utf8)
    {
        for (int back = 1; back <= 3 && back <= utf8.Length; back++)
        {
            byte value = utf8[^back];
            if ((value & 0xC0) == 0x80)
            {
                continue;
            }

            int needed = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : value >= 0xC0 ? 2 : 1;
            return needed > back ? utf8.Length - back : utf8.Length;
        }

        return utf8.Length;
    }
}
