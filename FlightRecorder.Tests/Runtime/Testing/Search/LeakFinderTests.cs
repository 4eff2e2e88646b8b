using System.Net;
using System.Text;
using FlightRecorder.Testing;

namespace FlightRecorder.Tests.Testing.Search;

public sealed class LeakFinderTests
{
    private const string Secret = "cAnArY-7f3e9b!44/ü";

    private static readonly byte[] Utf8 = Encoding.UTF8.GetBytes(Secret);

    private static IEnumerable<TestCaseData> Encoded()
    {
        yield return Case("as it is", Secret);
        yield return Case("base64", Convert.ToBase64String(Utf8));
        yield return Case("base64", Convert.ToBase64String([7, .. Utf8, 200, 4]));
        yield return Case("base64", Convert.ToBase64String([250, 251, .. Utf8, 99]));
        yield return Case("base64", Convert.ToBase64String([255, .. Utf8, 255]).Replace('+', '-').Replace('/', '_').TrimEnd('='));
        yield return Case("hex", Convert.ToHexString(Utf8));
        yield return Case("hex", "0x" + Convert.ToHexStringLower(Utf8));
        yield return Case("percent", Uri.EscapeDataString(Secret));
        yield return Case("percent", string.Concat(Utf8.Select(b => $"%{b:x2}")));
        yield return Case("percent, percent", Uri.EscapeDataString(Uri.EscapeDataString(Secret)));
        yield return Case("JSON escape", string.Concat(Secret.Select(c => $"\\u{(int)c:X4}")));
        yield return Case("JSON escape", Secret.Replace("/", "\\/", StringComparison.Ordinal));
        yield return Case("HTML entity", string.Concat(Secret.Select(c => $"&#{(int)c};")));
        yield return Case("HTML entity", string.Concat(Secret.Select(c => $"&#x{(int)c:x};")));
        yield return Case("HTML entity", WebUtility.HtmlEncode(Secret));
        yield return Case("UTF-16", Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(Secret)));
        yield return Case("UTF-16", Encoding.Latin1.GetString(Encoding.BigEndianUnicode.GetBytes(Secret)));
        yield return Case("base64 of UTF-16", Convert.ToBase64String([9, .. Encoding.Unicode.GetBytes(Secret)]));
        yield return Case("hex of UTF-16", Convert.ToHexString(Encoding.Unicode.GetBytes(Secret)));
        yield return Case("JSON escape, base64", "\\u0059" + Convert.ToBase64String(Utf8)[1..]);

        static TestCaseData Case(string encoding, string text) => new TestCaseData(encoding, text).SetArgDisplayNames(encoding, text.Replace('\0', '0'));
    }

    [TestCaseSource(nameof(Encoded))]
    public void A_value_is_found_in_each_encoding(string encoding, string text)
    {
        var finder = new LeakFinder([new CanaryToken("Order.Note", Secret)]);
        Assert.That(finder.Find($"before {text} behind").Select(hit => hit.Encoding), Is.EqualTo(new[] { encoding }));
    }

    [TestCase("cAnArY-7f3e9b!44/")]
    [TestCase("[REDACTED]")]
    [TestCase("Y0FuQXJZLTdmM2U5YiE0NA==")]
    public void What_is_not_the_whole_value_is_no_leak(string text)
        => Assert.That(new LeakFinder([new CanaryToken("Order.Note", Secret)]).Find(text), Is.Empty);
}
