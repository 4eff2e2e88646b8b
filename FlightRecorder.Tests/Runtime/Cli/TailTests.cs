using System.Diagnostics;
using System.Text;
using FlightRecorder.Cli;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Cli;

[CancelAfter(60_000)]
public class TailTests
{
    private static readonly string s_tool = typeof(CommandLine).Assembly.Location;

    [Test]
    public async Task The_latest_come_first_and_then_what_is_written_once_each(CancellationToken cancellationToken)
    {
        using var cli = new CliRig([.. Enumerable.Range(1, 20).Select(i => LineBuilder.Request(i))]);
        using var tail = new LiveTail(cli, "--limit", "2");
        await tail.UntilAsync(text => text.Contains("00000014-19aa"), cancellationToken);

        Append(cli.Directory.Segments[0], LineBuilder.Request(21), LineBuilder.Request(22, status: 500));
        cli.Directory.Write("20261120T080000-9f3a11c2d4e5f607-0002.jsonl", LineBuilder.Bytes(LineBuilder.Request(23)));
        await tail.UntilAsync(text => text.Contains("00000017-19aa"), cancellationToken);

        Assert.That(await tail.StopAsync(), Is.EqualTo(130));
        Assert.That(tail.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[21..29]), Is.EqualTo(new[] { "00000013", "00000014", "00000015", "00000016", "00000017" }));
    }

    [Test]
    public async Task Filters_hold_for_what_comes_and_damage_is_said_on_the_side(CancellationToken cancellationToken)
    {
        using var cli = new CliRig(LineBuilder.Request(1));
        using var tail = new LiveTail(cli, "--status", "500", "--json", "--limit", "0");
        await tail.UntilAsync(_ => tail.Reads > 1, cancellationToken);

        Append(cli.Directory.Segments[0], LineBuilder.Request(2), "damaged \"status\":500", LineBuilder.Request(3, status: 500));
        await tail.UntilAsync(text => text.Contains("\"seq\":3"), cancellationToken);

        await tail.StopAsync();
        Assert.That(tail.Text, Does.Not.Contain("\"seq\":2").And.Not.Contain("\"seq\":1"));
        Assert.That(tail.Error, Is.EqualTo("Skipped: 1 damaged line.\n"));
    }

    [Test]
    [Platform("Linux")]
    public async Task It_ends_quietly_when_nobody_reads_it_any_more(CancellationToken cancellationToken)
    {
        using var cli = new CliRig(LineBuilder.Request(1));
        using Process shell = Process.Start(new ProcessStartInfo("bash", ["-c", $"""set -o pipefail; dotnet "{s_tool}" tail --dir "{cli.Directory.Path}" | head -1"""])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = shell.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> error = shell.StandardError.ReadToEndAsync(cancellationToken);
        await shell.WaitForExitAsync(cancellationToken);

        Assert.That((shell.ExitCode, await error), Is.EqualTo((0, "")));
        Assert.That(await output, Does.Contain("00000001-19aa"));
    }

    private static void Append(string path, params string[] lines)
    {
        using FileStream file = new(path, FileMode.Append);
        file.Write(LineBuilder.Bytes(lines));
    }

    // The command on a thread of its own; it asks whether somebody reads after each reading.
    private sealed class LiveTail : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly StringWriter _error = new() { NewLine = "\n" };
        private readonly SharedWriter _output = new();
        private readonly Task<int> _run;
        private int _reads;

        public LiveTail(CliRig cli, params string[] options)
        {
            var terminal = new Terminal(_output, _error, hasColor: false, cli.Directory.Path, isRead: () => Interlocked.Increment(ref _reads) > 0);
            _run = Task.Run(() => CommandLine.RunAsync(["tail", .. options], terminal, _stop.Token));
        }

        public string Text => _output.Text;

        public string Error => _error.ToString();

        public int Reads => Volatile.Read(ref _reads);

        public async Task UntilAsync(Func<string, bool> isReached, CancellationToken cancellationToken)
        {
            while (!isReached(Text))
            {
                Assert.That(_run.IsCompleted, Is.False, Error);
                await Task.Delay(20, cancellationToken);
            }
        }

        public async Task<int> StopAsync()
        {
            await _stop.CancelAsync();
            return await _run;
        }

        public void Dispose()
        {
            _stop.Cancel();
            _output.Dispose();
            _error.Dispose();
            _stop.Dispose();
        }
    }

    private sealed class SharedWriter : StringWriter
    {
        public string Text
        {
            get
            {
                lock (GetStringBuilder())
                {
                    return GetStringBuilder().ToString();
                }
            }
        }

        public override void Write(char value)
        {
            lock (GetStringBuilder())
            {
                GetStringBuilder().Append(value);
            }
        }

        public override void Write(string? value)
        {
            lock (GetStringBuilder())
            {
                GetStringBuilder().Append(value);
            }
        }

        public override Encoding Encoding => Encoding.UTF8;
    }
}
