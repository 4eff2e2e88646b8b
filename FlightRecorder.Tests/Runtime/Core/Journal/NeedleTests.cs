using System.Text;

namespace FlightRecorder.Tests.Core.Journal;

public class NeedleTests
{
    [Test]
    public void It_is_found_at_every_place_of_texts_of_every_length_in_any_case()
    {
        foreach (string piece in new[] { "a", "\"", "/r", "rare", "\"id\":\"0193\"", "/Orders/{id}/lines" })
        {
            var needle = Needle.Of(piece);
            for (int length = piece.Length; length < 150; length++)
            {
                for (int at = 0; at <= length - piece.Length; at++)
                {
                    byte[] text = Filled(length);
                    Encoding.ASCII.GetBytes(at % 2 == 0 ? piece : piece.ToUpperInvariant()).CopyTo(text, at);

                    Assert.That(needle.LastIndexOf(text), Is.EqualTo(at), $"{piece} at {at} of {length}");
                }
            }
        }
    }

    [Test]
    public void The_last_of_several_is_found_and_nothing_where_there_is_none()
    {
        var needle = Needle.Of("aba");

        Assert.That(needle.LastIndexOf("xxabaxxABAxabxba"u8), Is.EqualTo(7));
        Assert.That(needle.LastIndexOf("ababababababababababababababababababababa"u8), Is.EqualTo(38));
        Assert.That(needle.LastIndexOf(Filled(1000)), Is.EqualTo(-1));
        Assert.That(needle.LastIndexOf("ab"u8), Is.EqualTo(-1));
        Assert.That(needle.IsIn([]), Is.False);
    }

    [Test]
    public void Only_letters_have_a_case()
    {
        // '@' and '`', '[' and '{' differ in the same bit as letters do.
        Assert.That(Needle.Of("@a").IsIn("`A@A"u8), Is.True);
        Assert.That(Needle.Of("@a").IsIn("`A`a"u8), Is.False);
        Assert.That(Needle.Of("{id}").IsIn("[ID]{ID]"u8), Is.False);
        Assert.That(Needle.Of("{id}").IsIn(Encoding.ASCII.GetBytes(new string('[', 40) + "[id}" + new string('[', 40))), Is.False);
    }

    private static byte[] Filled(int length)
    {
        byte[] text = new byte[length];
        Array.Fill(text, (byte)'~');
        return text;
    }
}
