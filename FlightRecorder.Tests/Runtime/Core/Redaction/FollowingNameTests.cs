using System.Text;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>The name that followed last time is compared before any is looked for: that must not change what comes out.</summary>
public class FollowingNameTests
{
    private static readonly string s_json = Json("");
    private static readonly byte[] s_others = [0, (byte)'"', (byte)' ', (byte)'\n', (byte)':', (byte)',', (byte)'}', (byte)'\\', (byte)'x', 0xC3];

    [Test]
    public void Every_changed_byte_is_read_as_if_no_name_was_known()
    {
        var known = new Redacting();
        Assert.That(known.Run(s_json), Does.Contain("\"password\":\"[REDACTED]\"").And.Not.Contain("hunter2"));
        byte[] json = Encoding.UTF8.GetBytes(s_json);
        for (int at = 0; at < json.Length; at++)
        {
            byte kept = json[at];
            foreach (byte other in s_others)
            {
                json[at] = other;
                AssertSame(known, json);
            }

            json[at] = kept;
        }
    }

    [Test]
    public void Every_cut_is_read_as_if_no_name_was_known()
    {
        var known = new Redacting();
        known.Run(s_json);
        for (int length = 0; length <= s_json.Length; length++)
        {
            AssertSame(known, Encoding.UTF8.GetBytes(s_json[..length]));
        }
    }

    [TestCase(" ")]
    [TestCase("\n\t")]
    public void White_space_behind_the_colon_is_not_part_of_a_hidden_value(string space)
    {
        var known = new Redacting();
        string compact = known.Run(s_json);
        Assert.That(known.Run(Json(space)), Is.EqualTo(compact));
        Assert.That(known.SecretTexts(), Is.EqualTo(new[] { "hunter2" }));
    }

    // A name that is too long to be compared at one look must not be taken for found where there is nothing.
    [Test]
    public void Zero_bytes_are_no_name([Range(1, 20)] int length)
    {
        var known = new Redacting();
        string name = new('n', length);
        known.Run($$"""{"a":1,"{{name}}":2,"b":3}""");
        Assert.That(known.Run("{\"a\":1," + new string('\0', length + 3) + "2,\"b\":3        }"), Is.EqualTo("(invalid)"));
    }

    private static void AssertSame(Redacting known, byte[] json)
    {
        foreach (bool mayBeCut in (bool[])[false, true])
        {
            string text = known.Run(json, mayBeCut);
            Assert.That(text, Is.EqualTo(new Redacting().Run(json, mayBeCut)), Encoding.UTF8.GetString(json));
        }
    }

    private static string Json(string space)
        => "{" + string.Join(',', Enumerable.Range(1, 17).Select(length => $"\"{new string((char)('a' + length), length)}\":{space}{length}")
            .Append($"\"password\":{space}\"hunter2\"").Append($"\"inner\":{space}[{{\"x\":{space}true,\"y\":{space}\"z\"}},{{\"x\":{space}1,\"y\":{space}2}}]")) + "}";
}
