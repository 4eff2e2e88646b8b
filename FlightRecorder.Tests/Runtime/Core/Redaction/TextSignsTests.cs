using System.Runtime.Intrinsics.X86;
using System.Text;
using System.Text.RegularExpressions;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>What the quick look rules out must not be there; on processors without AVX2 it is never asked.</summary>
public partial class TextSignsTests
{
    private const string RunCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-_";

    [TestCase(15)]
    [TestCase(18)]
    [TestCase(25)]
    public void A_run_of_the_length_is_seen_at_every_place_of_every_text_length(int run)
    {
        AssumeLook();
        for (int length = run; length <= 200; length++)
        {
            for (int start = 0; start + run <= length; start++)
            {
                byte[] text = Spaces(length);
                for (int i = 0; i < run; i++)
                {
                    text[start + i] = (byte)RunCharacters[(start + i) % RunCharacters.Length];
                }

                Assert.That(Runs(text), Is.Not.Empty.And.All.InRange(start, start + run - 1), $"{length} characters, run at {start}");
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
            byte[] text = Spaces(150);
            text[at] = (byte)escape;
            Assert.That(Look(text).IsEscaped, Is.True, $"at {at}");
        }
    }

    [Test]
    public void Every_character_is_taken_for_what_it_is()
    {
        AssumeLook();
        for (int value = 0; value < 256; value++)
        {
            byte[] text = new byte[128];
            Array.Fill(text, (byte)value);
            bool inRuns = (value < 128 && char.IsAsciiLetterOrDigit((char)value)) || "+/-_".Contains((char)value, StringComparison.Ordinal);
            Assert.That(Runs(text).Length > 0, Is.EqualTo(inRuns), $"run of 0x{value:x2}");
            Assert.That(Look(text).IsEscaped, Is.EqualTo("+%\\&\0".Contains((char)value, StringComparison.Ordinal)), $"escape 0x{value:x2}");
        }
    }

    [Test]
    public void Ordinary_JSON_shows_no_sign_but_its_long_words()
    {
        AssumeLook();
        byte[] json = """{"customer":"Grace Hopper","lines":[{"product":"SKU-1000-BLUE","quantity":1,"price":0.95}],"note":"Please ring twice and leave it with the neighbour."}"""u8.ToArray();
        foreach (int place in Runs(json))
        {
            Assert.That("SKU-1000-BLUE"u8.Contains(json[place]), Is.True, $"at {place}");
        }

        Assert.That(Look(json).IsEscaped, Is.False);
        Assert.That(Look(json).MayHoldShape, Is.False);
    }

    [Test]
    public void A_look_may_begin_behind_a_run()
    {
        AssumeLook();
        byte[] text = Spaces(223);
        text.AsSpan(100, 23).Fill((byte)'x');
        for (int from = 0; from <= 100; from++)
        {
            Assert.That(Runs(text, from), Is.Not.Empty.And.All.InRange(100, 122), $"from {from}");
        }

        Assert.That(Runs(text, 123), Is.Empty);
        Assert.That(Runs(text, text.Length), Is.Empty);
    }

    [Test]
    public void More_runs_than_are_noted_are_said_to_be_there()
    {
        AssumeLook();
        for (int runs = 1; runs <= 40; runs++)
        {
            byte[] text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(new string('x', 20) + "\n", runs)));
            int seen = 0;
            var signs = default(TextSigns);
            for (int from = 0; ; from = ((signs.Runs[^1] / 21) + 1) * 21)
            {
                signs.Look(text, from);
                seen += signs.Runs.ToArray().Select(place => place / 21).Distinct().Count();
                if (!signs.HasMoreRuns)
                {
                    break;
                }
            }

            Assert.That(seen, Is.EqualTo(runs));
        }
    }

    [TestCase("eyJ")]
    [TestCase("bearer")]
    [TestCase("Bearer")]
    [TestCase("BEARER")]
    [TestCase("://")]
    [TestCase("=")]
    [TestCase("-----BEGIN ")]
    [TestCase(@"\u00")]
    [TestCase(@":\/\/")]
    [TestCase("bEaReR")]
    [TestCase("4111111111111")]
    [TestCase("4111 1111 1111 1111")]
    public void The_beginning_of_a_shape_is_seen_at_every_place(string anchor)
    {
        for (int before = 0; before < 150; before++)
        {
            byte[] text = Encoding.ASCII.GetBytes(new string('x', before) + anchor + new string('x', 20));
            Assert.That(SecretShapes.MayBeIn(text), Is.True, $"after {before} characters");
        }
    }

    [TestCase("""{"id":"3f9b2c10-55aa-4d1e-9c5e-b6a7d2f0c111","product":"SKU-1000-BLUE","day":"2026-11-20","quantity":12,"price":10.95}""")]
    [TestCase("""{"note":"Bring the big Job to the GARAGE / yard, by about 4111111 o'clock","bear":"Beard"}""")]
    public void Ordinary_JSON_holds_no_shape(string json)
        => Assert.That(SecretShapes.MayBeIn(Encoding.UTF8.GetBytes(json)), Is.False);

    [Test]
    public void Both_widths_see_what_a_plain_loop_sees()
    {
        AssumeLook();
        var random = new Random(11);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] text = RandomText(random);
            var narrow = default(TextSigns);
            narrow.Look<AsciiBlock256>(text, 0);
            AssertAsAPlainLoop(text, narrow);
            if (Avx512BW.IsSupported)
            {
                var wide = default(TextSigns);
                wide.Look<AsciiBlock512>(text, 0);
                AssertAsAPlainLoop(text, wide);
                Assert.That(wide.Runs.ToArray(), Is.EqualTo(narrow.Runs.ToArray()));
            }
        }
    }

    private static void AssertAsAPlainLoop(byte[] text, TextSigns signs)
    {
        string letters = Encoding.Latin1.GetString(text);
        Assert.That(signs.IsEscaped, Is.EqualTo(letters.AsSpan().IndexOfAny("%\\&+\0") >= 0), letters);
        Assert.That(signs.MayHoldShape, Is.EqualTo(Shape().IsMatch(letters)), letters);
        (int Start, int End)[] runs = [.. Run().Matches(letters).Select(run => (run.Index, run.Index + run.Length))];
        Assert.That(signs.Runs.ToArray(), Has.All.Matches<int>(place => runs.Any(run => run.Start <= place && place < run.End)), letters);
        int seenUpTo = signs.HasMoreRuns ? signs.Runs[^1] : text.Length;
        foreach ((int start, int end) in runs.Where(run => run.End - run.Start >= TextSigns.ShortestRun && run.End <= seenUpTo))
        {
            Assert.That(signs.Runs.ToArray(), Has.Some.InRange(start, end - 1), letters);
        }
    }

    private static byte[] RandomText(Random random)
    {
        string[] parts = ["=", "\\", @"\u00", @"\/", @":\/", "://", "eyJ", "beArer", "b", "be", "-----BEGIN ", "G", "J", "%", "&", "+", "\0", "é", " ", "\n", ".", "{", "\u007f"];
        var text = new StringBuilder();
        while (text.Length < 400 && random.Next(30) > 0)
        {
            text.Append(random.Next(9) switch
            {
                0 => parts[random.Next(parts.Length)],
                1 => new string('7', random.Next(1, 20)),
                2 => string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(_ => RunCharacters[random.Next(RunCharacters.Length)])),
                _ => new string(" .,:{}!"[random.Next(7)], random.Next(1, 9)),
            });
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    [GeneratedRegex(@"=|\\u00|:\\/|eyJ|://|-----BEG|[bB][eE][aA][rR][eE][rR]|[0-9 -]{13}", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();

    [GeneratedRegex("[A-Za-z0-9+/_-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Run();

    private static TextSigns Look(ReadOnlySpan<byte> text)
    {
        var signs = default(TextSigns);
        signs.Look(text);
        return signs;
    }

    private static int[] Runs(ReadOnlySpan<byte> text, int from = 0)
    {
        var signs = default(TextSigns);
        signs.Look(text, from);
        return signs.Runs.ToArray();
    }

    private static byte[] Spaces(int length)
    {
        byte[] text = new byte[length];
        Array.Fill(text, (byte)' ');
        return text;
    }

    private static void AssumeLook() => Assume.That(Avx2.IsSupported, "there is nothing to test without AVX2");
}
