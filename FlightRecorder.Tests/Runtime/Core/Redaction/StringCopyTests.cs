using System.Runtime.Intrinsics;
using System.Text;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>Copying long strings by blocks, against a plain loop.</summary>
public class StringCopyTests
{
    [Test]
    public void Whole_blocks_before_the_first_stop_are_copied_and_no_more([Values("\"", "\\", "\n", "\u001f", "\0", "é", "\u007f", " ", "")] string stop, [Values] bool beyondAscii)
    {
        StringStops stops = beyondAscii ? StringStops.BeyondAscii : StringStops.None;
        for (int length = 0; length <= 300; length++)
        {
            byte[] json = Encoding.UTF8.GetBytes(new string('x', length) + stop + new string('y', 150));
            bool isStop = stop.Length > 0 && (stop[0] is < ' ' or '"' or '\\' || (beyondAscii && stop[0] > 0x7F));
            int free = isStop ? length : json.Length;
            AssertCopies<StringBlock256>(json, free, stops);
            if (Vector512.IsHardwareAccelerated)
            {
                AssertCopies<StringBlock512>(json, free, stops);
            }
        }
    }

    private static void AssertCopies<TBlock>(byte[] json, int free, StringStops stops)
        where TBlock : struct, IStringBlock<TBlock>
    {
        byte[] target = new byte[json.Length];
        int copied = StringCopy.Plain<TBlock>(json, target, stops);
        if (copied != free / TBlock.Size * TBlock.Size || !target.AsSpan(0, copied).SequenceEqual(json.AsSpan(0, copied)) || target.AsSpan(copied).ContainsAnyExcept((byte)0))
        {
            Assert.Fail($"{copied} of {free} bytes: {Encoding.UTF8.GetString(target)}");
        }
    }
}
