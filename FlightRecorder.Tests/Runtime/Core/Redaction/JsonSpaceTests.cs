using System.Text;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>White space between JSON tokens: every habit of indenting, and what only looks like white space.</summary>
public class JsonSpaceTests
{
    private const string Compact = """{"a":1,"list":[1,"two",{"three":[[],{}],"password":"[REDACTED]"}],"empty":{},"deep":{"deep":{"deep":{"deep":{"x":null}}}}}""";

    [Test]
    public void However_a_document_is_indented_it_comes_out_compact()
    {
        var redacting = new Redacting();
        foreach (string indent in (string[])["  ", "    ", "\t", "", " ", "        ", "\t\t\t\t\t\t\t\t\t\t"])
        {
            foreach (string line in (string[])["\n", "\r\n", "\n\n", " \n", " "])
            {
                string json = Indented(line, indent);
                Assert.That(redacting.Run(json), Is.EqualTo(Compact), json);

                // Once more, now that the indentation is known.
                Assert.That(redacting.Run(json), Is.EqualTo(Compact), json);
            }
        }
    }

    [Test]
    public void Lines_that_are_indented_otherwise_than_those_before_come_out_compact()
    {
        var random = new Random(5);
        var redacting = new Redacting();
        for (int i = 0; i < 2000; i++)
        {
            string json = Indented("\n", "  ");
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                int line = json.IndexOf('\n', random.Next(json.Length - 10));
                json = line < 0 ? json : json.Insert(line, random.Next(2) == 0 ? "\n" : new string(' ', random.Next(1, 20)));
            }

            Assert.That(redacting.Run(json), Is.EqualTo(Compact), json);
        }
    }

    [Test]
    public void No_other_byte_passes_for_white_space()
    {
        var redacting = new Redacting();
        byte[] json = Encoding.UTF8.GetBytes(Indented("\n", "    "));
        string text = Encoding.UTF8.GetString(json);
        for (int at = 0; at < json.Length; at++)
        {
            if (text[at] is not (' ' or '\n'))
            {
                continue;
            }

            for (int value = 0; value < 256; value++)
            {
                json[at] = (byte)value;
                bool isSpace = value is ' ' or '\n' or '\r' or '\t';
                bool mayBelongToNumber = value is '-' or (>= '0' and <= '9');
                if (!mayBelongToNumber && redacting.Pass(json) == JsonPass.Complete != isSpace)
                {
                    Assert.Fail($"0x{value:x2} at {at}");
                }
            }

            json[at] = (byte)text[at];
        }
    }

    private static string Indented(string line, string indent)
    {
        var text = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < Compact.Length; i++)
        {
            char value = Compact[i];
            bool closes = value is '}' or ']' && !IsInMask(i);
            bool opens = value is '{' or '[' && !IsInMask(i);
            if (closes)
            {
                NewLine(--depth);
            }

            text.Append(value);
            if (opens)
            {
                NewLine(++depth);
            }
            else if (value == ',')
            {
                NewLine(depth);
            }
            else if (value == ':')
            {
                text.Append(' ');
            }
        }

        return text.ToString();

        void NewLine(int levels) => text.Append(line).Append(string.Concat(Enumerable.Repeat(indent, levels)));
    }

    private static bool IsInMask(int at) => Compact.AsSpan(0, at + 1).EndsWith("[REDACTED]") || Compact.AsSpan(at).StartsWith("[REDACTED]");
}
