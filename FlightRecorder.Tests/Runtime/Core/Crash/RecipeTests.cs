using System.Diagnostics;
using System.Text.RegularExpressions;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Crash;

/// <summary>The shell recipes of the deployment page, run as they stand there on lines that the recorder wrote.</summary>
[Platform("Linux")]
public sealed class RecipeTests
{
    private static readonly Dictionary<string, string> Recipes = Regex
        .Matches(File.ReadAllText(Path.Combine(SourceTree.Root, "FlightRecorder.Runtime/DEPLOYMENT.md")), "^```sh\n# (.+)\n((?:.+\n)+?)```", RegexOptions.Multiline)
        .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    private string _directory = null!;

    private static IEnumerable<TestCaseData> Expected()
    {
        yield return new("the forced error is the last line", "false\n", 1);
        yield return new("the last three, a line each", """
            ["2026-01-02T10:00:00.000000Z","manual","System.FormatException","two\n\u001b[2J"]
            ["2026-01-02T11:00:00.000000Z","manual","System.TimeoutException","three"]
            ["2026-01-03T00:00:00.000000Z","uncaught","System.InvalidOperationException","lost"]

            """, 0);
        yield return new("what happened in one place since a time", """
            {"ts":"2026-01-02T10:00:00.000000Z","name":"System.FormatException","message":"two\n\u001b[2J"}

            """, 0);
        yield return new("what ended the process", """
            {"ts":"2026-01-03T00:00:00.000000Z","name":"System.InvalidOperationException","release":"v2"}

            """, 0);
        yield return new("how many of each, the most first, the older file included", """
            {"where":"checkout","name":"System.FormatException","n":3}
            {"where":null,"name":"System.InvalidOperationException","n":1}
            {"where":"import","name":"System.TimeoutException","n":1}

            """, 0);
        yield return new("how many an hour", """
                  1 2026-01-02T09
                  1 2026-01-02T10
                  1 2026-01-02T11
                  1 2026-01-03T00

            """, 0);
        yield return new("the stack of the last one, a frame a line", """
            [
              "System.InvalidOperationException: lost"
            ]

            """, 0);
        yield return new("those of one program", "\"three\"\n", 0);
        yield return new("past lines that are torn", """
            "System.FormatException"
            "System.FormatException"
            "System.TimeoutException"
            "System.InvalidOperationException"

            """, 0);
        yield return new("an alert: fails when a place has three errors or more", "true\n", 0);
    }

    [SetUp]
    public void Write()
    {
        _directory = Directory.CreateTempSubdirectory("recipes").FullName;
        string older = Line(new FormatException("zero"), "2026-01-01T00:00:00Z", CrashKind.Manual, new() { ["where"] = "checkout", ["proc"] = "server" });
        string[] lines =
        [
            Line(new FormatException("one"), "2026-01-02T09:00:00Z", CrashKind.Manual, new() { ["where"] = "checkout", ["proc"] = "server" }),
            Line(new FormatException("two\n\u001b[2J"), "2026-01-02T10:00:00Z", CrashKind.Manual, new() { ["where"] = "checkout", ["proc"] = "server" }),
            Line(new TimeoutException("three"), "2026-01-02T11:00:00Z", CrashKind.Manual, new() { ["where"] = "import", ["proc"] = "cron" }),
            Line(new InvalidOperationException("lost"), "2026-01-03T00:00:00Z", CrashKind.Uncaught, new() { ["release"] = "v2" }),
        ];
        File.WriteAllText(Path.Combine(_directory, "errors.jsonl.1"), older);
        File.WriteAllText(Path.Combine(_directory, "errors.jsonl"), string.Concat(lines));
    }

    [TearDown]
    public void Remove() => Directory.Delete(_directory, recursive: true);

    [TestCaseSource(nameof(Expected))]
    public void A_recipe_of_the_page_prints_what_it_says(string recipe, string output, int exitCode)
    {
        IgnoreWithoutJq();
        if (recipe.Contains("torn", StringComparison.Ordinal))
        {
            File.AppendAllText(Path.Combine(_directory, "errors.jsonl"), "{\"ts\":\"2026\n\0\0\n17\n{\"ts\"");
        }

        (int code, string printed) = Run(Recipes[recipe]);

        Assert.That(printed, Is.EqualTo(output));
        Assert.That(code, Is.EqualTo(exitCode));
    }

    [Test]
    public void Every_recipe_of_the_page_is_run()
        => Assert.That(Recipes.Keys, Is.EquivalentTo(Expected().Select(test => (string)test.Arguments[0]!)));

    [Test]
    public void The_forced_error_is_found_and_the_alert_sounds()
    {
        IgnoreWithoutJq();
        string errors = Path.Combine(_directory, "errors.jsonl");
        for (int i = 0; i < 3; i++)
        {
            File.AppendAllText(errors, Line(new FormatException("a test"), "2026-01-04T00:00:00Z", CrashKind.Manual, new() { ["where"] = "verify" }));
        }

        Assert.That(Run(Recipes["the forced error is the last line"]).Code, Is.Zero);
        Assert.That(Run(Recipes["an alert: fails when a place has three errors or more"]).Code, Is.EqualTo(1));
    }

    private static string Line(Exception error, string time, CrashKind kind, Dictionary<string, object?> extra)
    {
        var record = new CrashRecord(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), kind, error, null, FrozenValue.Members(extra));
        return System.Text.Encoding.UTF8.GetString(new CrashEncoder(new CrashContext([])).Encode(record));
    }

    private (int Code, string Output) Run(string recipe)
    {
        var start = new ProcessStartInfo("sh", ["-c", recipe]) { WorkingDirectory = _directory, RedirectStandardOutput = true, Environment = { ["LC_ALL"] = "C" } };
        using Process shell = Process.Start(start)!;
        string output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return (shell.ExitCode, output);
    }

    // The verb test installs jq where it may, so that CI runs these; a developer without it should not be kept from the rest.
    private static void IgnoreWithoutJq()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "jq"))))
        {
            Assert.Ignore("jq is not on this machine; the verb test installs it where it may.");
        }
    }
}
