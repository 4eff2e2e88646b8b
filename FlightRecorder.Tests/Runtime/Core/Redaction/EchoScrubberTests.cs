using System.Text;

namespace FlightRecorder.Tests.Core.Redaction;

public class EchoScrubberTests
{
    private const string Secret = "hunter2!pass wörd";

    [Test]
    public void A_secret_is_replaced_wherever_it_stands()
        => Assert.That(Scrub("a " + Secret + " b " + Secret, Secret), Is.EqualTo("a [REDACTED] b [REDACTED]"));

    [Test]
    public void An_encoded_secret_is_found_behind_ids_and_long_words()
    {
        string base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes("a-secret-of-some-length-1")).TrimEnd('=');
        for (int words = 0; words < 40; words++)
        {
            string before = "3f9b2c10-55aa-4d1e-9c5e-b6a7d2f0c111 internationalization " + new string('.', words) + " SKU-1000-BLUE-EXTRA-LARGE-9 ";
            Assert.That(Scrub(before + base64, "a-secret-of-some-length-1"), Is.EqualTo(before + "[REDACTED]"), $"{words}");
        }
    }

    [Test]
    public void Overlapping_secrets_become_one_mask()
        => Assert.That(Scrub("x abcdefgh y", "abcdef", "defgh"), Is.EqualTo("x [REDACTED] y"));

    [TestCase("q=hunter2%21pass%20w%C3%B6rd&x")]
    [TestCase("q=hunter2%21pass+w%c3%b6rd&x")]
    [TestCase("q=hunter2%2521pass%2520w%25C3%25B6rd&x")]
    [TestCase("""q={"p":"hunter2\u0021pass w\u00f6rd"}&x""")]
    [TestCase("""q={"p":"\u0068unter2!pass w\u00F6rd"}&x""")]
    [TestCase("q=hunter2&#33;pass&#x20;w&#246;rd&x")]
    public void Escaped_forms_are_found(string text)
    {
        string scrubbed = Scrub(text, Secret);
        Assert.That(scrubbed, Does.Contain("[REDACTED]").And.StartWith("q=").And.EndWith("&x"));
        Assert.That(scrubbed, Does.Not.Contain("hunter2").And.Not.Contain("unter2"));
    }

    [Test]
    public void Base64_is_found_at_every_phase([Range(0, 3)] int before, [Values] bool urlSafe, [Values] bool utf16)
    {
        byte[] secret = utf16 ? Encoding.Unicode.GetBytes("hunter2-hunter2") : "hunter2-hunter2"u8.ToArray();
        string encoded = Convert.ToBase64String([.. Enumerable.Repeat((byte)'?', before), .. secret, (byte)'>']);
        encoded = urlSafe ? encoded.Replace('+', '-').Replace('/', '_').TrimEnd('=') : encoded;
        Assert.That(Scrub("Basic " + encoded + " end", "hunter2-hunter2"), Does.Not.Contain(encoded.TrimEnd('=')).And.Contain("[REDACTED]"));
    }

    [Test]
    public void UTF16_beyond_ASCII_is_found_at_every_phase([Range(0, 3)] int before, [Values] bool bigEndian, [Values] bool hex, [Values("pässwörd-1", "秘密の言葉", "q😀😀")] string secret)
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)'?', before), .. (bigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode).GetBytes(secret), (byte)'>'];
        string encoded = hex ? Convert.ToHexString(bytes) : Convert.ToBase64String(bytes).TrimEnd('=');
        Assert.That(Scrub("said " + encoded + " twice", secret), Does.StartWith("said [REDACTED]").And.Not.Contain(encoded));
    }

    [TestCase("a\0b\0c\0d\01\0")]
    [TestCase("\0a\0b\0c\0d\01")]
    public void Text_with_the_zero_bytes_of_UTF16_is_found(string text)
        => Assert.That(Scrub("said " + text, "abcd1"), Does.StartWith("said ").And.Contain("[REDACTED]").And.Not.Contain("b"));

    [TestCase(@"C:\/a&b", @"C:\/a&amp;b")]
    [TestCase(@"a\u0041%41&", @"a\u0041%41&amp;")]
    [TestCase(@"1\n&lt;2%", "1%5Cn&lt;2%25")]
    public void A_secret_that_holds_what_looks_like_another_escape_is_found(string secret, string text)
        => Assert.That(Scrub("said " + text + "!", secret), Is.EqualTo("said [REDACTED]!"));

    [Test]
    public void A_secret_that_reads_like_an_escape_is_found_in_UTF16_before_a_quote()
        => Assert.That(Scrub("said \"" + string.Join('\0', @"ab%41\".AsEnumerable()) + "\"!", @"ab%41\"), Is.EqualTo("said \"[REDACTED]\"!"));

    [TestCase("68756e74657232")]
    [TestCase("68756E74657232")]
    [TestCase("0x68756e7465723221")]
    [TestCase("f68756e746572320")]
    public void Hex_is_found_in_either_case_and_phase(string text)
        => Assert.That(Scrub("id " + text + ".", "hunter2"), Does.Contain("[REDACTED]").And.Not.Contain("756e7465"));

    [Test]
    public void The_shortest_secrets_are_found_in_base64_too([Values("1234", "aB3$x", "p?>~", "s3cret")] string secret, [Range(0, 3)] int before, [Range(0, 2)] int after, [Values] bool urlSafe)
    {
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('?', before) + secret + new string('>', after)));
        encoded = urlSafe ? encoded.Replace('+', '-').Replace('/', '_').TrimEnd('=') : encoded;
        Assert.That(Scrub("x " + encoded + " end", secret), Does.Not.Contain(encoded.TrimEnd('=')).And.Contain("[REDACTED]"));
    }

    [Test]
    public void Words_are_no_encodings_of_short_secrets()
        => Assert.That(Scrub("Please leave the parcel with the neighbour, number 123456", "1234x"), Is.EqualTo("Please leave the parcel with the neighbour, number 123456"));

    [TestCase("68-75-6E-74-65-72-32")]
    [TestCase("(68-75-6e-74-65-72-32-21)")]
    public void Hex_with_hyphens_is_found(string text)
        => Assert.That(Scrub(text, "hunter2"), Does.Contain("[REDACTED]").And.Not.Contain("74-65"));

    [Test]
    public void More_work_than_a_line_is_worth_masks_every_further_text()
    {
        var secrets = new SecretSet { Replacement = "[REDACTED]"u8.ToArray() };
        for (int i = 0; i < 2000; i++)
        {
            secrets.Add("secret-" + i);
        }

        var scrubber = new EchoScrubber(secrets);
        scrubber.Start();
        byte[] text = Encoding.UTF8.GetBytes(new string('.', 100_000));
        Assert.That(scrubber.TryScrub(text), Is.False);
        for (int i = 0; i < 20 && !scrubber.TryScrub(text); i++)
        {
            Assert.That(secrets.Overflowed, Is.False);
        }

        Assert.That(scrubber.TryScrub("harmless"u8), Is.True);
        Assert.That(secrets.Overflowed, Is.True);
    }

    [Test]
    public void Short_secrets_tear_no_other_text_apart()
        => Assert.That(Scrub("page 123 of 1234", "123"), Is.EqualTo("page 123 of 1234"));

    [Test]
    public void Text_with_candidates_but_no_secret_stays_as_it_is()
    {
        const string Text = "100% & C:\\temp \\u0041 &#65; 4bf92f3577b34da6a3ce929d0e0e4736 a+b dGhpcyBpcyBub3QgYSBzZWNyZXQ=";
        Assert.That(Scrub(Text, "hunter2-hunter2"), Is.EqualTo(Text));
    }

    [Test]
    public void A_run_that_crosses_a_window_is_found([Range(40, 70)] int before)
    {
        string encoded = Convert.ToBase64String("hunter2-hunter2"u8);
        Assert.That(Scrub(new string('.', before) + encoded + new string('.', 100), "hunter2-hunter2"), Does.Not.Contain(encoded));
    }

    [Test]
    public void More_secrets_than_fit_mask_every_text()
    {
        var secrets = new SecretSet { Replacement = "[REDACTED]"u8.ToArray() };
        for (int i = 0; i < 3000; i++)
        {
            secrets.Add("secret-" + i);
        }

        var scrubber = new EchoScrubber(secrets);
        scrubber.Start();
        Assert.That(scrubber.TryScrub("harmless"u8), Is.True);
        Assert.That(Encoding.UTF8.GetString(scrubber.Result), Is.EqualTo("[REDACTED]"));
    }

    [Test]
    public void JSON_is_scrubbed_leaf_by_leaf()
    {
        var secrets = new SecretSet { Replacement = "[REDACTED]"u8.ToArray() };
        secrets.Add("4111111111111111");
        secrets.Add("line\nbreak");
        var scrubber = new EchoScrubber(secrets);
        scrubber.Start();
        var output = new LineBuffer();
        new JsonEchoes(scrubber).Write("""{"a":4111111111111111,"4111111111111111":[-1.5e3,"no"],"b":"x line\nbreak \"y\"","c":"line\\nbreak"}"""u8, output);
        Assert.That(Encoding.UTF8.GetString(output.Written), Is.EqualTo(
            """{"a":"[REDACTED]","[REDACTED]":[-1.5e3,"no"],"b":"x [REDACTED] \"y\"","c":"[REDACTED]"}"""));
    }

    [Test]
    public void Searching_without_a_hit_allocates_nothing()
    {
        var secrets = new SecretSet();
        secrets.Add("hunter2-hunter2");
        var scrubber = new EchoScrubber(secrets);
        scrubber.Start();
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("nothing to see here, 100% sure. ", 100)));
        Allocation.AssertNone(() => scrubber.TryScrub(text));
    }

    private static string Scrub(string text, params string[] hidden)
    {
        var secrets = new SecretSet { Replacement = "[REDACTED]"u8.ToArray() };
        foreach (string secret in hidden)
        {
            secrets.Add(secret);
        }

        var scrubber = new EchoScrubber(secrets);
        scrubber.Start();
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return scrubber.TryScrub(utf8) ? Encoding.UTF8.GetString(scrubber.Result) : text;
    }
}
