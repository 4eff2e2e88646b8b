using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Crash;

/// <summary>The places of the deployment page, as far as a machine without systemd and containers has them: its code, its verify step, a root that is read-only.</summary>
[TestFixture(false)]
[TestFixture(true, Category = "Aot")]
[Platform("Linux")]
[CancelAfter(120_000)]
public sealed class DeploymentTests(bool isAheadOfTime)
{
    // All that was mounted before is read-only, as with read_only: true; the volume is the one place that is not.
    private const string ReadOnlyRoot = """
        mkdir errors && exec unshare -rm sh -c 'mount --make-rprivate / && mount -t tmpfs -o mode=700 volume errors &&
        awk "{ print \$2 }" /proc/mounts | sort -r | while read at; do [ "$at" = "$DIR/errors" ] || mount -o remount,bind,ro "$at" 2>/dev/null; done
        if touch "$DIR/probe" 2>/dev/null; then echo "unshare: no read-only root" >&2; exit 99; fi
        "$@"; code=$?; cat errors/errors.jsonl 2>/dev/null; exit $code' sh "$@"
        """;

    private static readonly string Page = File.ReadAllText(Path.Combine(SourceTree.Root, "FlightRecorder.Runtime/DEPLOYMENT.md"));

    private CrashProcess _process = null!;

    [SetUp]
    public void Prepare() => _process = new CrashProcess(isAheadOfTime);

    [TearDown]
    public void Remove() => _process.Dispose();

    [Test]
    public void The_code_of_the_page_is_that_of_an_app_that_runs()
    {
        string app = File.ReadAllText(Path.Combine(SourceTree.Root, "FlightRecorder.Tests/Runtime/CrashApp/Deployed.cs"));

        Assert.That(Unindented(app), Does.Contain(Unindented(Regex.Match(Page, "```csharp\n(.+?)```", RegexOptions.Singleline).Groups[1].Value)));
    }

    [Test]
    public async Task The_verify_step_writes_one_line_where_the_environment_says(CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await _process.RunAsync("deployed --verify-errors", cancellationToken, "SHOP_ERRORS=$DIR/state/errors.jsonl exec \"$@\"");

        JsonObject record = CrashRig.Parse(await File.ReadAllTextAsync(Path.Combine(_process.Directory, "state/errors.jsonl"), cancellationToken));
        Assert.That(ended, Is.EqualTo(new CrashProcess.Ended(0, "", "")));
        Assert.That(record.Skip(5).Select(member => $"{member.Key}={member.Value}"), Is.EqualTo(new[] { "app=shop", "proc=server", "release=v1.4.2", "where=verify" }));
    }

    [Test]
    public async Task It_fails_where_the_file_cannot_be_written_and_says_why(CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await _process.RunAsync("deployed --verify-errors", cancellationToken, "ulimit -c 0; SHOP_ERRORS=/proc/none/errors.jsonl exec \"$@\"");

        Assert.That(ended.ExitCode, Is.Not.Zero);
        Assert.That(ended.Error, Does.Contain("ENOENT"));
    }

    [Test]
    public async Task With_a_read_only_root_the_volume_takes_the_line_of_a_crash(CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await _process.RunAsync("deployed --fall", cancellationToken, "export SHOP_ERRORS=$DIR/errors/errors.jsonl DOTNET_EnableDiagnostics=0; " + ReadOnlyRoot);
        Isolation.IgnoreWhereRefused(ended.Error);

        Assert.That((string?)CrashRig.Parse(ended.Output)["message"], Is.EqualTo("lost"));
        Assert.That(ended.Error, Is.EqualTo($"flightrecorder: fatal uncaught — System.InvalidOperationException: lost (recorded to {_process.Directory}/errors/errors.jsonl)\n"));
        Assert.That(ended.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task With_a_read_only_root_and_a_file_beside_the_volume_the_start_fails_and_says_why(CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await _process.RunAsync("deployed", cancellationToken, "ulimit -c 0; export DOTNET_EnableDiagnostics=0; " + ReadOnlyRoot);
        Isolation.IgnoreWhereRefused(ended.Error);

        Assert.That(ended.ExitCode, Is.Not.Zero);
        Assert.That(ended.Error, Does.Contain("EROFS"));
    }

    // A unit, a compose file and a pod each name the file and the one place that may be written: they must agree.
    [TestCase("ini", @"StateDirectory=(\w+)", "/var/lib/")]
    [TestCase("yaml", @"volumes: \[""\w+:/(\w+)""\]", "/")]
    [TestCase("yaml", @"mountPath: /(\w+)", "/")]
    public void The_file_lies_in_the_place_that_is_writable(string language, string writable, string parent)
    {
        string[] blocks = [.. Regex.Matches(Page, $"```{language}\n(.+?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value).Where(block => Regex.IsMatch(block, writable))];
        Assert.That(blocks, Has.Length.EqualTo(1));

        Assert.That(Regex.Match(blocks[0], @"SHOP_ERRORS(?:=|: |, value: )(\S+?)/errors\.jsonl").Groups[1].Value, Is.EqualTo(parent + Regex.Match(blocks[0], writable).Groups[1].Value));
    }

    private static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));
}
