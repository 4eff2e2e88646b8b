namespace FlightRecorder.Tests.Core.Filters;

public sealed class RouteGlobTests
{
    [TestCase("/api/orders", "/api/orders", true)]
    [TestCase("/api/orders", "/API/Orders", true)]
    [TestCase("/api/orders", "/api/orders/7", false)]
    [TestCase("/api/*", "/api/orders", true)]
    [TestCase("/api/*", "/api/orders/7", false)]
    [TestCase("/api/*/lines", "/api/7/lines", true)]
    [TestCase("/api/**", "/api", true)]
    [TestCase("/api/**", "/api/a/b/c", true)]
    [TestCase("/api/**", "/apix", false)]
    [TestCase("/**/lines", "/api/orders/7/lines", true)]
    [TestCase("/**/lines", "/api/orders/7/line", false)]
    [TestCase("/a/**/b/**/c", "/a/x/b/y/z/c", true)]
    [TestCase("/a/**/b/**/c", "/a/x/y/z/c", false)]
    [TestCase("/files/*.json", "/files/x.json", true)]
    [TestCase("/files/*.json", "/files/x.jsonp", false)]
    [TestCase("/files/a*b*c", "/files/a1b2c", true)]
    [TestCase("/files/a*b*c", "/files/a1c2b", false)]
    [TestCase("**", "/anything/at/all", true)]
    [TestCase("/", "/", true)]
    [TestCase("/*", "/a", true)]
    public void A_star_stays_in_its_segment_and_two_cross_segments(string glob, string path, bool matches)
        => Assert.That(RouteGlob.IsMatch(glob, path), Is.EqualTo(matches));

    [Test]
    public void A_hostile_path_is_matched_in_polynomial_time()
    {
        string path = "/" + string.Join('/', Enumerable.Repeat("a", 2000)) + "/b";
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.That(RouteGlob.IsMatch("/**/a/**/a/**/a/**/c", path), Is.False);
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(2)));
    }
}
