using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Crash.Flightlog;

/// <summary>
/// The same errors told to flightlog of npm and to ours: lines, results, exit codes and standard error agree member by member,
/// names aside. What flightlog did is a file, renewed by record.sh; so nothing but .NET is needed here.
/// </summary>
[TestFixture(false)]
[TestFixture(true, Category = "Aot")]
[Platform("Linux")]
[CancelAfter(120_000)]
public sealed class FlightlogTests(bool isAheadOfTime)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Crash", "Flightlog");
    private static readonly string Script = Path.Combine(Folder, "script.json");
    private static readonly JsonObject Theirs = Read(Path.Combine(Folder, "flightlog-0.6.2.json"));

    private static IEnumerable<string> Runs => Read(Script).Select(run => run.Key);

    [TestCaseSource(nameof(Runs))]
    public async Task Ours_does_what_flightlog_did(string run, CancellationToken cancellationToken)
    {
        using var process = new CrashProcess(isAheadOfTime);
        CrashProcess.Ended ended = await process.RunAsync(["perform", "script=" + Script, "run=" + run], cancellationToken);

        if (isAheadOfTime && run.EndsWith("lives on", StringComparison.Ordinal))
        {
            Assert.That(ended.Error, Does.Contain("before .NET 10 no process survives"));
            return;
        }

        JsonObject theirs = Theirs[run]!.AsObject();
        Assert.That(ended.ExitCode == 0, Is.EqualTo((int)theirs["exitCode"]! == 0), ended.Error);
        Assert.That(ended.Output, Is.EqualTo((string?)theirs["output"]));
        CompareError(ended.Error, (string)theirs["error"]!);
        Assert.That(Files(process.Directory), Is.EqualTo(theirs["files"]!.AsObject().Select(file => file.Key)));
        foreach ((string file, JsonNode? lines) in theirs["files"]!.AsObject())
        {
            CompareLines(File.ReadAllLines(Path.Combine(process.Directory, file)), [.. lines!.AsArray().Select(line => (string)line!)]);
        }
    }

    // Where they differ: theirs lets a member of the context overwrite the error's own, so that the message is lost.
    [Test]
    public void Ours_keeps_what_a_context_would_overwrite_there()
    {
        JsonObject record = CrashRig.Record(new FormatException("real"), new() { ["message"] = "told" });

        Assert.That(new[] { (string?)record["message"], (string?)record["_message"] }, Is.EqualTo(new[] { "real", "told" }));
    }

    // Ignored without a package from elsewhere, which no test may fetch: what it checks is the fixture, which all others here hold ours against.
    // FLIGHTLOG_PACKAGE names a folder with the unpacked package: is what is kept still what it does?
    [Test]
    public async Task What_is_kept_of_flightlog_is_what_it_does(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("FLIGHTLOG_PACKAGE") is not { } package)
        {
            // A package of another language, which not every machine can fetch: what it does is kept here, and compared with in every run.
            Assert.Ignore("Needs node, and FLIGHTLOG_PACKAGE with the unpacked package.");
            return;
        }

        string output = Path.GetTempFileName();
        string script = Path.Combine(SourceTree.Root, "FlightRecorder.Tests/Runtime/Core/Crash/Flightlog/record.mjs");
        using Process node = Process.Start("node", [script, package, output]);
        await node.WaitForExitAsync(cancellationToken);

        Assert.That(Timeless(File.ReadAllText(output)), Is.EqualTo(Timeless(Theirs.ToJsonString(new() { WriteIndented = true }))));
        File.Delete(output);
    }

    private static JsonObject Read(string path) => JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();

    private static IEnumerable<string> Files(string directory)
        => Directory.GetFiles(directory, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(directory, file)).Order(StringComparer.Ordinal);

    private static string Timeless(string json)
        => Regex.Replace(JsonNode.Parse(json)!.ToJsonString(), @"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME");

    private static void CompareLines(string[] ours, string[] theirs)
    {
        Assert.That(ours, Has.Length.EqualTo(theirs.Length));
        foreach ((string line, string other) in ours.Zip(theirs))
        {
            CompareRecord(CrashRig.Parse(line + "\n"), JsonNode.Parse(other)!.AsObject());
        }
    }

    private static void CompareRecord(JsonObject ours, JsonObject theirs)
    {
        Assert.That(ours.Select(member => member.Key), Is.EqualTo(theirs.Select(member => member.Key)), "the members and their order");
        Assert.That(((DateTimeOffset)ours["ts"]!).Offset, Is.EqualTo(((DateTimeOffset)theirs["ts"]!).Offset));
        CompareStack(ours, (string)ours["stack"]!, theirs, (string)theirs["stack"]!);
        foreach (JsonObject record in (JsonObject[])[ours, theirs])
        {
            record["kind"] = (string)record["kind"]! is "unobserved" or "unhandledRejection" ? "nobody waited" : (string)record["kind"]!;
            record["ts"] = record["stack"] = null;
            record["name"] = IsError(record) ? "Error" : "of a type";
        }

        // The message, and each member of the context.
        Assert.That(ours.ToJsonString(), Is.EqualTo(theirs.ToJsonString()));
    }

    // Both begin with name and message, then come frames; what is no error is called the same by both.
    private static void CompareStack(JsonObject ours, string stack, JsonObject theirs, string other)
    {
        string rest = stack[Head(ours).Length..];
        Assert.That(stack, Does.StartWith(Head(ours)));
        Assert.That(other, Does.StartWith(Head(theirs)));
        Assert.That(rest, Does.Match(@"^(\n ---> [^\n]+\n   --- End of inner exception stack trace ---)?\n   at "));
        Assert.That(other[Head(theirs).Length..], Does.Match(@"^\n    at "));
    }

    private static string Head(JsonObject record)
        => (string)record["message"]! is { Length: > 0 } message ? $"{record["name"]}: {message}" : (string)record["name"]!;

    // A plain error of .NET has no name for that, so another one stands for it in the script.
    private static bool IsError(JsonObject record) => (string)record["name"]! is "Error" or "System.ApplicationException";

    private static void CompareError(string ours, string theirs)
    {
        if (theirs.StartsWith('{'))
        {
            CompareLines(ours.TrimEnd('\n').Split('\n'), theirs.TrimEnd('\n').Split('\n'));
        }
        else if (theirs.Contains("    at sink ", StringComparison.Ordinal))
        {
            Assert.That(ours, Does.Contain(Regex.Match(theirs, "code: '(\\w+)'").Groups[1].Value), "both name the reason and end");
        }
        else
        {
            Assert.That(Named(ours), Is.EqualTo(Named(theirs)));
        }
    }

    // The names of the program, of the kind and of the type, and the system's words for the number.
    private static string Named(string error)
    {
        error = Regex.Replace(error, @"failed \((\w+)\): .*", "failed ($1)");
        error = error.Replace("unhandledRejection", "unobserved", StringComparison.Ordinal).Replace("flightlog: ", "flightrecorder: ", StringComparison.Ordinal);
        return error
            .Replace("System.ApplicationException", "Error", StringComparison.Ordinal)
            .Replace("System.InvalidCastException", "TypeError", StringComparison.Ordinal);
    }
}
