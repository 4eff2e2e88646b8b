using FlightRecorder.AspNetCore;

namespace FlightRecorder.Tests.AspNetCore.Options;

/// <summary>The search ends where no header is left to find: that must not lose one.</summary>
public sealed class HeaderAllowListTests
{
    private static readonly string[] s_names =
        ["Content-Type", "Host", "Content-Length", "Date", "Server", "X-Request-Id", "Cookie", "X-Api-Key", "X-Shop", "X-Shop-Page", "Traceparent", "Accept"];

    private static readonly string[] s_patterns = ["content-type", "content-length", "host", "x-request-id", "x-shop", "x-shop*", "x-*", "content-*", "h*", "accept", "cookie", "traceparent"];

    private static readonly string[] s_secret = ["cookie", "x-api-key"];

    [Test]
    public void Each_header_that_is_listed_is_found_whatever_others_there_are()
    {
        var random = new Random(11);
        for (int round = 0; round < 20_000; round++)
        {
            string[] patterns = Some(random, s_patterns);
            var headers = new HeaderDictionary();
            foreach (string name in Some(random, s_names))
            {
                headers[name] = name == "Content-Length" ? "17" : "of " + name;
            }

            var listed = new List<NameValues>();
            var unlisted = new List<NameValues>();
            new HeaderAllowList(patterns, s_secret, ["host", "date", "server"]).Copy(headers, listed, unlisted);

            string what = $"listed: {string.Join(' ', patterns)}; sent: {string.Join(' ', headers.Keys)}";
            Assert.That(Texts(listed), Is.EquivalentTo(Expected(headers, name => patterns.Any(pattern => Fits(pattern, name)))), what);
            Assert.That(Texts(unlisted), Is.EquivalentTo(Expected(headers, name => s_secret.Contains(name) && !patterns.Contains(name))), what);
        }
    }

    [Test]
    public void A_length_that_is_no_number_hides_no_other_header()
    {
        var headers = new HeaderDictionary { ["Content-Length"] = "many", ["X-Request-Id"] = "r-1" };
        var listed = new List<NameValues>();
        new HeaderAllowList(["x-request-id"], s_secret, ["host"]).Copy(headers, listed, []);
        Assert.That(Texts(listed), Is.EqualTo(new[] { "x-request-id: r-1" }));
    }

    private static string[] Some(Random random, string[] all) => [.. all.Where(_ => random.Next(3) == 0)];

    private static bool Fits(string pattern, string name)
        => pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;

    private static IEnumerable<string> Expected(HeaderDictionary headers, Func<string, bool> isWanted)
        => headers.Where(header => isWanted(header.Key.ToLowerInvariant())).Select(header => $"{header.Key.ToLowerInvariant()}: {header.Value}");

    private static IEnumerable<string> Texts(List<NameValues> headers) => headers.Select(header => $"{header.Name}: {header.Values}");
}
