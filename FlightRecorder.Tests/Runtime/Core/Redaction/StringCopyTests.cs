using System.Text;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>Copying long strings by blocks, against a plain loop.</summary>
public class StringCopyTests
{
    private const int Block = 64;

    // A cache line and more, so that copies begin everywhere in one, with room behind that must stay as it is.
    private const int Margin = 80;

    [Test]
    public void All_before_the_first_stop_is_copied([Values("\"", "\\", "\n", "\u001f", "\0", "é", "\u007f", " ", "")] string stop, [Values] bool beyondAscii)
    {
        StringStops stops = beyondAscii ? StringStops.BeyondAscii : StringStops.None;
        for (int length = 0; length <= 400; length++)
        {
            byte[] json = Encoding.UTF8.GetBytes(new string('x', length) + stop + new string('y', 150));
            bool isStop = stop.Length > 0 && (stop[0] is < ' ' or '"' or '\\' || (beyondAscii && stop[0] > 0x7F));
            AssertCopies(json, isStop ? length : json.Length, length % Margin, stops);
        }
    }

    [Test]
    public void A_stop_in_the_last_bytes_is_seen([Values("\"", "\\", "\u001f", "é")] string stop)
    {
        for (int length = 0; length <= 300; length++)
        {
            for (int behind = 0; behind <= 3; behind++)
            {
                AssertCopies(Encoding.UTF8.GetBytes(new string('x', length) + stop + "yyy"[..behind]), length, (length * 7) % Margin, StringStops.BeyondAscii);
            }
        }
    }

    [Test]
    public void Every_byte_is_a_stop_or_none([Values] bool beyondAscii)
    {
        StringStops stops = beyondAscii ? StringStops.BeyondAscii : StringStops.None;
        for (int value = 0; value < 256; value++)
        {
            bool isStop = value is < ' ' or '"' or '\\' || (beyondAscii && value > 0x7F);
            foreach (int at in (int[])[0, 31, 63, 64, 130, 260, 299])
            {
                byte[] json = Encoding.ASCII.GetBytes(new string('x', 300));
                json[at] = (byte)value;
                AssertCopies(json, isStop ? at : json.Length, at % Margin, stops);
            }
        }
    }

    private static void AssertCopies(byte[] json, int free, int start, StringStops stops)
    {
        AssertCopies<StringBlock256>(json, free, start, stops);
        if (StringBlock512.IsSupported)
        {
            AssertCopies<StringBlock512>(json, free, start, stops);
        }
    }

    private static void AssertCopies<TBlock>(byte[] json, int free, int start, StringStops stops)
        where TBlock : struct, IStringBlock<TBlock>
    {
        byte[] target = new byte[start + json.Length + Margin];
        int copied = StringCopy.Plain<TBlock>(json, target.AsSpan(start), stops);
        if (copied != (json.Length < Block ? 0 : free)
            || !target.AsSpan(start, copied).SequenceEqual(json.AsSpan(0, copied))
            || target.AsSpan(0, start).ContainsAnyExcept((byte)0)
            || target.AsSpan(start + json.Length).ContainsAnyExcept((byte)0))
        {
            Assert.Fail($"{copied} of {free} bytes at {start}: {Encoding.UTF8.GetString(target)}");
        }
    }
}
