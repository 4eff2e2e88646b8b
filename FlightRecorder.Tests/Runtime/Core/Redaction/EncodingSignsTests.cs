using System.Runtime.Intrinsics.X86;
using System.Text;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>What the quick look rules out must not be there; on processors without AVX2 it is never asked.</summary>
public class EncodingSignsTests
{
    private const string RunCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-_";

    [Test]
    public void Short_runs_are_not_promised_to_be_found()
    {
        Assert.That(EncodingSigns.CanLookFor(22), Is.False);
        Assert.That(EncodingSigns.CanLookFor(23), Is.EqualTo(Avx2.IsSupported));
    }

    [Test]
    public void A_run_of_the_shortest_length_is_seen_at_every_place_of_every_text_length()
    {
        AssumeLook();
        for (int length = 23; length <= 200; length++)
        {
            for (int start = 0; start + 23 <= length; start++)
            {
                byte[] text = new byte[length];
                Array.Fill(text, (byte)' ');
                for (int i = 0; i < 23; i++)
                {
                    text[start + i] = (byte)RunCharacters[(start + i) % RunCharacters.Length];
                }

                Assert.That(EncodingSigns.MayHave(text), Is.True, $"{length} characters, run at {start}");
            }
        }
    }

    [TestCase('%')]
    [TestCase('\\')]
    [TestCase('&')]
    [TestCase('+')]
    public void An_escape_is_seen_at_every_place(char escape)
    {
        AssumeLook();
        for (int at = 0; at < 150; at++)
        {
            byte[] text = Encoding.ASCII.GetBytes(new string(' ', 150));
            text[at] = (byte)escape;
            Assert.That(EncodingSigns.MayHave(text), Is.True, $"at {at}");
        }
    }

    [Test]
    public void Every_character_is_taken_for_what_it_is()
    {
        AssumeLook();
        for (int value = 0; value < 256; value++)
        {
            byte[] run = new byte[128];
            Array.Fill(run, (byte)value);
            bool isSign = (value < 128 && char.IsAsciiLetterOrDigit((char)value)) || "+/-_%\\&".Contains((char)value, StringComparison.Ordinal);
            Assert.That(EncodingSigns.MayHave(run), Is.EqualTo(isSign), $"0x{value:x2}");
        }
    }

    [Test]
    public void Ordinary_JSON_shows_no_sign()
    {
        AssumeLook();
        Assert.That(EncodingSigns.MayHave("""{"customer":"Grace Hopper","lines":[{"product":"SKU-1000-BLUE","quantity":1,"price":0.95}],"note":"Please ring twice and leave it with the neighbour."}"""u8), Is.False);
    }

    private static void AssumeLook() => Assume.That(Avx2.IsSupported, "there is nothing to test without AVX2");
}
