using System.Text;
using System.Text.Unicode;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>UTF-8 and its line separators, against the platform's own check.</summary>
public class Utf8CheckTests
{
    // Each side of every border that RFC 3629 draws.
    private static readonly byte[] Borders =
    [
        (byte)'a', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ];

    [Test]
    public void Four_bytes_in_a_row_are_judged_as_the_platform_judges_them([Values(0, 1, 30, 31, 33, 66, 96)] int place)
    {
        byte[] text = Encoding.ASCII.GetBytes(new string('x', 100));
        foreach (byte first in Borders)
        {
            foreach (byte second in Borders)
            {
                foreach (byte third in Borders)
                {
                    foreach (byte fourth in Borders)
                    {
                        (text[place], text[place + 1], text[place + 2], text[place + 3]) = (first, second, third, fourth);
                        AssertSameVerdict(text);
                    }
                }
            }
        }
    }

    [Test]
    public void Random_text_cut_and_damaged_is_judged_as_the_platform_judges_it()
    {
        var random = new Random(11);
        for (int i = 0; i < 50_000; i++)
        {
            byte[] text = Encoding.UTF8.GetBytes(Text(random));
            if (text.Length > 0 && random.Next(2) == 0)
            {
                text[random.Next(text.Length)] = (byte)random.Next(256);
            }

            AssertSameVerdict(text[..random.Next(text.Length + 1)]);
        }
    }

    [Test]
    public void Line_separators_are_seen_wherever_they_stand_and_nothing_else_is_taken_for_one()
    {
        for (int at = 0; at < 100; at++)
        {
            foreach (string text in (string[])["\u2027", "\u2028", "\u2029", "\u202a", "\u2068", "\u3028", "“", "¨", "â\u0080¨"])
            {
                byte[] utf8 = Encoding.UTF8.GetBytes("ä" + new string('x', at) + text + new string('y', 100 - at));
                bool isValid = Utf8Check.IsValid(utf8, 0, out bool hasSeparators);
                Assert.That((isValid, hasSeparators), Is.EqualTo((true, text is "\u2028" or "\u2029")), text + at);
            }
        }
    }

    private static void AssertSameVerdict(byte[] text)
    {
        int from = text.AsSpan().IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        if (from >= 0 && Utf8Check.IsValid(text, from, out _) != Utf8.IsValid(text))
        {
            Assert.Fail(Convert.ToHexString(text));
        }
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (int i = random.Next(12); i > 0; i--)
        {
            text.Append(random.Next(6) switch
            {
                0 => "ü",
                1 => "€“",
                2 => "\u2028",
                3 => "😀",
                4 => "\ud7ff\uffff\ud83f\udfff",
                _ => new string('x', random.Next(40)),
            });
        }

        return text.ToString();
    }
}
