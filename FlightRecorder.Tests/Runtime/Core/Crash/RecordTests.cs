using System.Text.Json.Nodes;

namespace FlightRecorder.Tests.Core.Crash;

public sealed class RecordTests
{
    [Test]
    public void The_members_of_an_error_come_first_then_context_then_extra()
    {
        JsonObject record = CrashRig.Record(
            CrashRig.Thrown(new InvalidOperationException("no stock")),
            new() { ["where"] = "checkout" },
            new() { ["app"] = "shop", ["release"] = "v1" });

        Assert.That(record.Select(member => member.Key), Is.EqualTo(new[] { "ts", "kind", "name", "message", "stack", "app", "release", "where" }));
        Assert.That((string?)record["ts"], Does.Match(@"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$"));
        Assert.That((string?)record["kind"], Is.EqualTo("manual"));
        Assert.That((string?)record["name"], Is.EqualTo("System.InvalidOperationException"));
        Assert.That((string?)record["message"], Is.EqualTo("no stock"));
    }

    [Test]
    public void A_stack_is_what_dotnet_prints_with_inner_exceptions_included()
    {
        Exception error = CrashRig.Thrown(new InvalidOperationException("outer", CrashRig.Thrown(new FormatException("middle", new TimeoutException("inmost")))));

        Assert.That((string?)CrashRig.Record(error)["stack"], Is.EqualTo(error.ToString()));
    }

    [Test]
    public void All_exceptions_of_an_aggregate_are_in_its_stack()
    {
        Exception error = CrashRig.Thrown(new AggregateException("both", new TimeoutException("first"), new FormatException("second")));

        string stack = (string)CrashRig.Record(error)["stack"]!;

        Assert.That(stack, Does.Contain("\n ---> System.TimeoutException: first").And.Contain("\n ---> System.FormatException: second"));
    }

    [Test]
    public void What_an_exception_carries_beside_its_message_is_never_told()
    {
        Exception error = CrashRig.Thrown(new TalkativeException());
        error.Data["card"] = "4111-in-data";

        string line = CrashRig.Record(error).ToJsonString();

        Assert.That(line, Does.Not.Contain("4111"));
    }

    [Test]
    public void A_member_that_is_named_like_one_of_the_error_gets_an_underscore()
    {
        JsonObject record = CrashRig.Record(
            CrashRig.Thrown(new FormatException("real")),
            new() { ["message"] = "told", ["_message"] = "own", ["stack"] = 1 },
            new() { ["kind"] = "batch" });

        Assert.That((string?)record["message"], Is.EqualTo("real"));
        Assert.That(record.Skip(5).Select(member => member.Key), Is.EqualTo(new[] { "_kind", "__message", "_message", "_stack" }));
        Assert.That((string?)record["__message"], Is.EqualTo("told"));
        Assert.That((string?)record["_message"], Is.EqualTo("own"));
    }

    [Test]
    public void Extra_wins_over_context_and_takes_its_place()
    {
        JsonObject record = CrashRig.Record(new FormatException(), new() { ["user"] = 2, ["app"] = "other" }, new() { ["app"] = "shop", ["user"] = 1 });

        Assert.That(record.Skip(5).Select(member => $"{member.Key}={member.Value}"), Is.EqualTo(new[] { "app=other", "user=2" }));
    }

    [Test]
    public void Values_are_json_and_what_has_no_json_is_its_text()
    {
        JsonObject record = CrashRig.Record(null, new()
        {
            ["text"] = "a\u2028b\ud800\n\"",
            ["nothing"] = null,
            ["flag"] = true,
            ["number"] = 1.5m,
            ["time"] = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            ["json"] = new JsonObject { ["a"] = new JsonArray(1, "two") },
            ["nested"] = new Dictionary<string, object?> { ["list"] = new object?[] { 1, null, new[] { "x" } } },
            ["bytes"] = new byte[3],
            ["other"] = new Version(1, 2),
            ["bad"] = new Unreadable(),
        });

        record.Remove("ts");
        record.Remove("stack");
        Assert.That(record.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), Is.EqualTo(
            """{"kind":"manual","name":"Error","message":"null","text":"a\u2028b�\n\"","nothing":null,"flag":true,"number":1.5,"time":"2026-01-02T03:04:05.0000000+00:00","json":{"a":[1,"two"]},"nested":{"list":[1,null,["x"]]},"bytes":{"bytes":3},"other":"1.2","bad":"(unreadable: NotSupportedException)"}"""));
    }

    [Test]
    public void A_value_that_holds_itself_ends()
    {
        var circle = new Dictionary<string, object?>();
        circle["self"] = circle;

        Assert.That(CrashRig.Record("x", new() { ["circle"] = circle }).ToJsonString(), Does.Contain("(too deep)"));
    }

    [TestCase("just text", "just text")]
    [TestCase(42, "42")]
    [TestCase(null, "null")]
    public void What_is_no_exception_is_described(object? error, string message)
    {
        JsonObject record = CrashRig.Record(error);

        Assert.That((string?)record["name"], Is.EqualTo("Error"));
        Assert.That((string?)record["message"], Is.EqualTo(message));
    }

    [Test]
    public void A_dictionary_is_described_as_json()
        => Assert.That((string?)CrashRig.Record(new Dictionary<string, object?> { ["code"] = "E1", ["at"] = 2 })["message"], Is.EqualTo("""{"code":"E1","at":2}"""));

    [TestCase("text")]
    [TestCase(false)]
    public void What_has_no_stack_gets_the_one_of_the_caller(object sample)
    {
        object error = sample is false ? new FormatException("never thrown") : sample;

        string[] lines = ((string)CrashRig.Record(error)["stack"]!).Split('\n');

        Assert.That(lines[0], Is.EqualTo(sample is false ? "System.FormatException: never thrown" : "Error: text"));
        Assert.That(lines[1], Does.Contain(nameof(CrashRig) + "." + nameof(CrashRig.Record)), "the recorder's own frames are not in it");
    }

    [Test]
    public void An_exception_that_cannot_tell_its_message_is_told_all_the_same()
        => Assert.That((string?)CrashRig.Record(new MuteException())["message"], Is.EqualTo("(unreadable: NotSupportedException)"));

    [Test]
    public void What_changes_after_it_was_handed_over_does_not_reach_the_line()
    {
        var context = new Dictionary<string, object?> { ["app"] = "shop" };
        var extra = new Dictionary<string, object?> { ["list"] = new List<object?> { 1 } };
        var rig = new CrashRig(context);
        rig.File.Gate.Reset();
        rig.Recorder.Capture(new FormatException(), extra);
        context["app"] = "changed";
        ((List<object?>)extra["list"]!).Add(2);
        extra.Clear();
        rig.File.Gate.Set();

        Assert.That(() => rig.File.Lines.Count, Is.EqualTo(1).After(10_000, 10));
        Assert.That(rig.File.Lines[0], Does.EndWith(",\"app\":\"shop\",\"list\":[1]}\n"));
    }

    private sealed class TalkativeException() : Exception("plain")
    {
        public string Card => "4111-in-member";

        public override string ToString() => base.ToString() + Card;
    }

    private sealed class MuteException : Exception
    {
        public override string Message => throw new NotSupportedException();
    }

    private sealed class Unreadable
    {
        public override string ToString() => throw new NotSupportedException();
    }
}
