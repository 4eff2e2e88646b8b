using FlightRecorder.Generators.Analyzers;
using FlightRecorder.Tests.Generators.Harness;

namespace FlightRecorder.Tests.Generators.Analyzers;

internal sealed class BodyTypeAnalyzerTests : DiagnosticTests
{
    [Test]
    public void A_body_that_can_hold_anything_is_told_with_what_applies()
        => Assert.That(Bodies("public static class H { [Record] public static void Post([FromBody] object body) { } }"), Is.EqualTo(new[]
        {
            "FR0013 1: The type of the request body of 'H.Post' is unknown, so in it every name is hidden that any [Redact] marks: 'object' can hold anything; take a type of your own",
        }));

    [TestCase("[Record] public static void Post([FromBody] dynamic body) { }", "request body", "'dynamic'")]
    [TestCase("[Record] public static void Post([FromBody] System.Text.Json.JsonElement body) { }", "request body", "'JsonElement'")]
    [TestCase("[Record] public static void Post(HttpContext context) { _ = context.Request.Body; }", "request body", "by hand")]
    [TestCase("[Record] public static async Task Post(HttpRequest request) => await request.ReadFromJsonAsync<In>();", "request body", "by hand")]
    [TestCase("[Record] public static void Post(System.IO.Stream body) { }", "request body", "'Stream' is read by hand")]
    [TestCase("[Record] public static void Post(HttpContext context, In body) { }", "request body", "'HttpContext' stands beside")]
    [TestCase("[Record] public static void Post(In body, In other) { }", "request body", "several")]
    [TestCase("[Record] public static object Get() => 1;", "response body", "'object'")]
    [TestCase("[Record] public static IResult Get() => Make(); static IResult Make() => Results.Ok();", "response body", "does not say its type")]
    [TestCase("[Record] public static Task Get(HttpContext context) => context.Response.WriteAsJsonAsync(new In());", "response body", "written by hand")]
    [TestCase("[Record] public static IResult Get(bool b) => b ? Results.Ok(new In()) : Results.Ok(new Out());", "response body", "several types")]
    public void Each_way_to_be_unknown_is_told(string member, string body, string why)
        => Assert.That(Bodies(Class(member)).Single(), Does.Contain($"of the {body} of").And.Contain(why));

    [TestCase("[Record] public static void Get() { }")]
    [TestCase("[Record] public static string Get(int id, HttpContext context) => context.TraceIdentifier;")]
    [TestCase("[Record] public static Out Post([FromBody] In body, HttpContext context) => new();")]
    [TestCase("[Record] public static IResult Get(bool b) => b ? Results.Ok(new In()) : Results.NotFound();")]
    [TestCase("[Record(Bodies = Bodies.Response)] public static void Post([FromBody] object body) { }")]
    [TestCase("[Record(Bodies = Bodies.None)] public static object Post([FromBody] object body) => body;")]
    [TestCase("public static object Post([FromBody] object body) => body;")]
    public void What_is_known_or_not_stored_is_not(string member) => Assert.That(Bodies(Class(member)), Is.Empty);

    [Test]
    public void It_is_told_at_the_handler_and_turns_no_build_red()
    {
        Assert.That(Bodies("public class AController : ControllerBase {\n[Record]\npublic object Get() => 1; }").Single(), Does.StartWith("FR0013 3:").And.Contain("'AController.Get'"));
        Assert.That(new BodyTypeAnalyzer().SupportedDiagnostics.Single().DefaultSeverity, Is.EqualTo(Microsoft.CodeAnalysis.DiagnosticSeverity.Info));
    }

    private static string Class(string members)
        => $"public class In {{ [Redact] public string A {{ get; set; }} = \"\"; }} public class Out {{ [Redact] public string B {{ get; set; }} = \"\"; }} public static class H {{ {members} }}";

    private static string[] Bodies(string code) => Found(Sources.Compile(code), new BodyTypeAnalyzer());
}
