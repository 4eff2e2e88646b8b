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
        Assert.That(EncodingSigns.CanLookFor(14), Is.False);
        Assert.That(EncodingSigns.CanLookFor(15), Is.EqualTo(Avx2.IsSupported));
    }

    [TestCase(15)]
    [TestCase(18)]
    [TestCase(19)]
    [TestCase(25)]
    public void A_run_of_the_length_is_seen_at_every_place_of_every_text_length(int run)
    {
        AssumeLook();
        for (int length = run; length <= 200; length++)
        {
            for (int start = 0; start + run <= length; start++)
            {
                byte[] text = new byte[length];
                Array.Fill(text, (byte)' ');
                for (int i = 0; i < run; i++)
                {
                    text[start + i] = (byte)RunCharacters[(start + i) % RunCharacters.Length];
                }

                Assert.That(EncodingSigns.Next(text, 0, run, out _), Is.InRange(start, start + run - 1), $"{length} characters, run at {start}");
            }
        }
    }

    [TestCase('%')]
    [TestCase('\\')]
    [TestCase('&')]
    [TestCase('+')]
    [TestCase('\0')]
    public void An_escape_is_seen_at_every_place(char escape)
    {
        AssumeLook();
        for (int at = 0; at < 150; at++)
        {
            byte[] text = Encoding.ASCII.GetBytes(new string(' ', 150));
            text[at] = (byte)escape;
            Assert.That(IsSeen(text), Is.True, $"at {at}");
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
            bool isSign = (value < 128 && char.IsAsciiLetterOrDigit((char)value)) || "+/-_%\\&\0".Contains((char)value, StringComparison.Ordinal);
            Assert.That(IsSeen(run), Is.EqualTo(isSign), $"0x{value:x2}");
        }
    }

    [Test]
    public void Ordinary_JSON_shows_no_sign()
    {
        AssumeLook();
        Assert.That(IsSeen("""{"customer":"Grace Hopper","lines":[{"product":"SKU-1000-BLUE","quantity":1,"price":0.95}],"note":"Please ring twice and leave it with the neighbour."}"""u8), Is.False);
    }

    [Test]
    public void The_place_lies_in_the_run_wherever_the_look_begins()
    {
        AssumeLook();
        byte[] text = Encoding.ASCII.GetBytes(new string(' ', 100) + new string('x', 23) + new string(' ', 100));
        for (int from = 0; from <= 100; from++)
        {
            Assert.That(EncodingSigns.Next(text, from, 23, out bool isEscaped), Is.InRange(100, 122), $"from {from}");
            Assert.That(isEscaped, Is.False);
        }

        Assert.That(EncodingSigns.Next(text, 123, 23, out _), Is.EqualTo(-1));
        Assert.That(EncodingSigns.Next(text, text.Length, 23, out _), Is.EqualTo(-1));
    }

    private static bool IsSeen(ReadOnlySpan<byte> text) => EncodingSigns.Next(text, 0, 25, out bool isEscaped) >= 0 || isEscaped;

    private static void AssumeLook() => Assume.That(Avx2.IsSupported, "there is nothing to test without AVX2");
}
