using System.Diagnostics;

namespace FlightRecorder.Tests.Core.Crash;

/// <summary>Faults of the real system: full and read-only disks, missing rights, a broken standard error.</summary>
[TestFixture(false)]
[TestFixture(true, Category = "Aot")]
[Platform("Linux")]
[CancelAfter(120_000)]
public sealed class SystemFaultTests(bool isAheadOfTime)
{
    private CrashProcess _process = null!;

    [SetUp]
    public void Prepare() => _process = new CrashProcess(isAheadOfTime);

    [TearDown]
    public void Remove() => _process.Dispose();

    [Test]
    public async Task A_full_disk_is_told_once_until_a_line_was_written_and_recovers_by_itself(CancellationToken cancellationToken)
    {
        using Process process = _process.Start(
            "sync-lines file=small/errors.jsonl",
            """mkdir small && exec unshare -rm sh -c 'mount -t tmpfs -o size=64k none small && cat /dev/zero 2>/dev/null >small/filler; exec "$@"' sh "$@" """);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        await ReadyAsync(process, error, cancellationToken);

        // The file itself was made; no byte fits into it.
        string first = await TellAsync(process, "first", cancellationToken);
        string second = await TellAsync(process, new string('b', 9000), cancellationToken);
        string files = $"/proc/{process.Id}/root{_process.Directory}/small/";
        File.Delete(files + "filler");
        string third = await TellAsync(process, "third", cancellationToken);
        Fill(files + "filler");
        string fourth = await TellAsync(process, new string('d', 9000), cancellationToken);
        string[] lines = await File.ReadAllLinesAsync(files + "errors.jsonl", cancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);

        Assert.That(new[] { first, second, third, fourth }, Is.EqualTo(new[] { "False ENOSPC", "False ENOSPC", "True ", "False ENOSPC" }));
        Assert.That((string?)CrashRig.Parse(lines.Single() + "\n")["message"], Is.EqualTo("third"));

        // Once for the first two, and again after a line was written.
        const string Warning = "flightrecorder: write to small/errors.jsonl failed (ENOSPC): No space left on device\n";
        Assert.That(await error, Is.EqualTo(Warning + Warning));
        Assert.That(process.ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_line_that_a_full_disk_cut_is_taken_back(CancellationToken cancellationToken)
    {
        // 64 KiB take the first line; of the second only a part fits.
        using Process process = _process.Start(
            "sync-lines file=small/errors.jsonl",
            """mkdir small && exec unshare -rm sh -c 'mount -t tmpfs -o size=64k none small && exec "$@"' sh "$@" """);
        await ReadyAsync(process, process.StandardError.ReadToEndAsync(cancellationToken), cancellationToken);

        string[] results =
        [
            await TellAsync(process, new string('a', 20_000), cancellationToken),
            await TellAsync(process, new string('b', 20_000), cancellationToken),
            await TellAsync(process, "small", cancellationToken),
        ];
        string[] lines = await File.ReadAllLinesAsync($"/proc/{process.Id}/root{_process.Directory}/small/errors.jsonl", cancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);

        Assert.That(results, Is.EqualTo(new[] { "True ", "False ENOSPC", "True " }));
        Assert.That(lines.Select(line => ((string)CrashRig.Parse(line + "\n")["message"]!)[0]), Is.EqualTo("as"));
    }

    [TestCase("EROFS", """mkdir small && exec unshare -rm sh -c 'mount -t tmpfs none small && mount -o remount,ro small && exec "$@"' sh "$@" """)]
    [TestCase("EACCES", """mkdir small && chmod 555 small && if [ "$(id -u)" = 0 ]; then exec setpriv --inh-caps=-all --bounding-set=-all "$@"; else exec "$@"; fi""")]
    public async Task A_directory_that_takes_no_file_is_named_once_and_the_app_goes_on(string errno, string script, CancellationToken cancellationToken)
    {
        using Process process = _process.Start("sync-lines file=small/errors.jsonl bootCheck=false", script);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        await ReadyAsync(process, error, cancellationToken);

        string[] results = [await TellAsync(process, "first", cancellationToken), await TellAsync(process, "second", cancellationToken)];
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);

        Assert.That(results, Is.All.EqualTo("False " + errno));
        Assert.That(await error, Does.Match($@"^flightrecorder: write to small/errors\.jsonl failed \({errno}\): [A-Z][a-z -]+\n$"));
        Assert.That(process.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Without_a_descriptor_left_it_is_told_once_and_recovers_and_none_is_lost(CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await _process.RunAsync("exhausted file=errors.jsonl maxBytes=5000", cancellationToken, "ulimit -n 400; exec \"$@\"");

        // The file that is open takes lines to twice its limit, since moving it takes a descriptor.
        Assert.That(ended.Output, Is.EqualTo("""
            before True 
            late False EMFILE
            late False EMFILE
            moved True 
            moved False EMFILE
            moved False EMFILE
            late True 
            moved True 
            more open: 1

            """));
        Assert.That(ended.Error, Is.EqualTo("""
            flightrecorder: write to late.jsonl failed (EMFILE): Too many open files
            flightrecorder: moving errors.jsonl to errors.jsonl.1 failed (EMFILE): Too many open files; it may grow to twice its limit
            flightrecorder: write to errors.jsonl failed (EMFILE): Too many open files

            """));
        Assert.That(_process.Records, Has.Count.EqualTo(3));
    }

    [TestCase("exec \"$@\" 2>&-")]
    [TestCase("exec \"$@\" 2>/dev/full")]
    [TestCase("{ \"$@\" 2>&3 3>&-; echo $? >code; } 3>&1 >/dev/null | true; exit $(cat code)")]
    public async Task A_broken_standard_error_changes_nothing(string script, CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await _process.RunAsync("throw file=errors.jsonl", cancellationToken, script);

        Assert.That(ended.ExitCode, Is.EqualTo(1));
        Assert.That((string?)_process.Records.Single()["message"], Is.EqualTo("lost"));
    }

    [Test]
    public async Task A_broken_standard_error_is_a_result_where_it_is_the_place_of_the_lines(CancellationToken cancellationToken)
        => Assert.That((await _process.RunAsync("sync", cancellationToken, "exec \"$@\" 2>/dev/full")).Output, Is.EqualTo("False ENOSPC\n"));

    private static async Task<string> TellAsync(Process process, string message, CancellationToken cancellationToken)
    {
        await process.StandardInput.WriteLineAsync(message.AsMemory(), cancellationToken);
        await process.StandardInput.FlushAsync(cancellationToken);
        return await process.StandardOutput.ReadLineAsync(cancellationToken) ?? "gone";
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 });
        Assert.Throws<IOException>(() =>
        {
            while (true)
            {
                file.Write(new byte[4096]);
            }
        });
    }

    private static async Task ReadyAsync(Process process, Task<string> error, CancellationToken cancellationToken)
    {
        if (await process.StandardOutput.ReadLineAsync(cancellationToken) != "ready")
        {
            Isolation.IgnoreWhereRefused(await error);
            Assert.Fail("It did not start: " + await error);
        }
    }
}
