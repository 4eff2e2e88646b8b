using System.Buffers;
using System.Buffers.Text;

namespace FlightRecorder;

/// <summary>Runs that may be base64 or hex, of UTF-8 or UTF-16: decoded and searched.</summary>
internal sealed partial class EchoScrubber
{
    private const int ShortestHex = 8;

    private static readonly SearchValues<byte> GuidCharacters = SearchValues.Create("0123456789abcdefABCDEF-"u8);

    private bool AnyRunHolds(ReadOnlySpan<byte> text)
    {
        (int start, int end) = EncodedRuns.Next(text, 0, _shortestRun);
        while (start < text.Length)
        {
            if (RunHolds(text[start..end]))
            {
                return true;
            }

            (start, end) = EncodedRuns.Next(text, end, _shortestRun);
        }

        return false;
    }

    // Where in the run the encoding begins is unknown: base64 has four phases.
    private bool RunHolds(ReadOnlySpan<byte> run)
        => !IsGuid(run) && (Base64Holds(run) || Base64Holds(run[1..]) || Base64Holds(run[2..]) || Base64Holds(run[3..]) || HexHolds(run) || SeparatedHexHolds(run));

    // Ids are everywhere, and no encoding looks like one: 8-4-4-4-12 hex digits.
    private static bool IsGuid(ReadOnlySpan<byte> run)
        => run.Length == 36 && run[8] == '-' && run[13] == '-' && run[18] == '-' && run[23] == '-' && !run.ContainsAnyExcept(GuidCharacters);

    private bool Base64Holds(ReadOnlySpan<byte> run)
    {
        if (run.Length < EncodedRuns.Shortest)
        {
            return false;
        }

        // The last group may lack its padding: A stands for zero bits.
        int length = (run.Length + 3) / 4 * 4;
        _decoded.Clear();
        Span<byte> bytes = _decoded.Room(length)[..length];
        bytes.Fill((byte)'A');
        run.CopyTo(bytes);
        bytes.Replace((byte)'-', (byte)'+');
        bytes.Replace((byte)'_', (byte)'/');
        return Base64.DecodeFromUtf8InPlace(bytes, out int written) == OperationStatus.Done && DecodedHolds(bytes[..written]);
    }

    // Hex may stand among other characters of the run, as after 0x or between hyphens.
    private bool HexHolds(ReadOnlySpan<byte> run)
    {
        while (run.Length >= ShortestHex)
        {
            int length = 0;
            while (length < run.Length && char.IsAsciiHexDigit((char)run[length]))
            {
                length++;
            }

            if (length >= ShortestHex && (HexDecodedHolds(run[..length]) || HexDecodedHolds(run[1..length])))
            {
                return true;
            }

            run = run[Math.Min(run.Length, length + 1)..];
        }

        return false;
    }

    private bool HexDecodedHolds(ReadOnlySpan<byte> digits)
    {
        Span<byte> bytes = _decoded.Room(digits.Length)[..(digits.Length / 2)];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)((UrlText.Digit(digits[2 * i]) << 4) | UrlText.Digit(digits[(2 * i) + 1]));
        }

        return DecodedHolds(bytes);
    }

    // 68-75-6E-74, as BitConverter writes it.
    private bool SeparatedHexHolds(ReadOnlySpan<byte> run)
    {
        if (run.Length < ShortestHex || run[2] != '-')
        {
            return false;
        }

        Span<byte> bytes = _decoded.Room(run.Length)[..((run.Length + 1) / 3)];
        int count = 0;
        for (int at = 0; at + 1 < run.Length && char.IsAsciiHexDigit((char)run[at]) && char.IsAsciiHexDigit((char)run[at + 1]); at += 3)
        {
            bytes[count++] = (byte)((UrlText.Digit(run[at]) << 4) | UrlText.Digit(run[at + 1]));
            if (at + 2 < run.Length && run[at + 2] != '-')
            {
                break;
            }
        }

        return DecodedHolds(bytes[..count]);
    }

    private bool DecodedHolds(Span<byte> bytes) => HoldsPlain(bytes) || _utf16.AreIn(bytes) || SpacedHolds(bytes);

    // ASCII as UTF-16, of either byte order, is itself again without its zero bytes.
    private bool SpacedHolds(Span<byte> bytes)
    {
        if (!bytes.Contains((byte)0))
        {
            return false;
        }

        int kept = 0;
        foreach (byte value in bytes)
        {
            bytes[kept] = value;
            kept += value == 0 ? 0 : 1;
        }

        return HoldsPlain(bytes[..kept]);
    }
}
