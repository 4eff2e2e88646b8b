namespace FlightRecorder.Tests.Core.Crash.Samples;

[CancelAfter(60_000)]
public sealed class CrashReaderTests
{
    private string _file = null!;

    [SetUp]
    public void Write()
    {
        _file = Path.Combine(Directory.CreateTempSubdirectory("reader").FullName, "errors.jsonl");
        File.WriteAllText(_file + ".1", Line("2026-01-01T10:00:00.000000Z", "manual", "System.FormatException", "first", ",\"where\":\"import\""));
        File.WriteAllText(
            _file,
            Line("2026-01-02T10:00:00.000000Z", "uncaught", "Shop.StockException", "second", ",\"where\":\"checkout\",\"n\":2")
            + Line("2026-01-03T10:00:00.000000Z", "unobserved", "System.TimeoutException", "third", ",\"app\":\"shop\""));
    }

    [TearDown]
    public void Remove() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Test]
    public async Task All_errors_are_told_in_order_the_older_file_first(CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await ReadAsync("", cancellationToken);

        Assert.That(ended, Is.EqualTo(new CrashProcess.Ended(0, """
            2026-01-01T10:00:00.000000Z  manual  System.FormatException: first  where=import
            2026-01-02T10:00:00.000000Z  uncaught  Shop.StockException: second  where=checkout  n=2
            2026-01-03T10:00:00.000000Z  unobserved  System.TimeoutException: third  app=shop

            """, "")));
    }

    [TestCase("--kind uncaught", "second")]
    [TestCase("--name stock", "second")]
    [TestCase("--message FIR", "first")]
    [TestCase("--where import", "first")]
    [TestCase("--where check", "")]
    [TestCase("--is app=shop", "third")]
    [TestCase("--is n=2 --is where=checkout", "second")]
    [TestCase("--is n=2 --is where=import", "")]
    [TestCase("--since 2026-01-02", "second third")]
    [TestCase("--until 2026-01-02T10:00:00Z", "first")]
    [TestCase("--since 2026-01-02 --until 2026-01-03", "second")]
    [TestCase("--last 2", "second third")]
    public async Task What_is_asked_for_is_told_and_nothing_else(string filters, string messages, CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await ReadAsync(filters, cancellationToken);

        IEnumerable<string> told = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ")[1].Split(' ')[0]);
        Assert.That(string.Join(' ', told), Is.EqualTo(messages));
        Assert.That(ended.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Nothing_in_an_error_steers_the_terminal_or_begins_a_line_of_its_own(CancellationToken cancellationToken)
    {
        File.Delete(_file + ".1");
        File.WriteAllText(_file, Line("t", "k", @"\u001b]0;n\u0007", @"a\u001b[2J\r\nb\u009b\u007f\u2028\u202e\udb40\udc41", @",""x\u001b"":""\b"",""o"":{""\u001b"":1}"));

        CrashProcess.Ended ended = await ReadAsync("--stack", cancellationToken);

        Assert.That(ended.Output, Is.EqualTo("""
            t  k  \x1b]0;n\x07: a\x1b[2J\x0d\x0ab\x9b\x7f\u2028\u202e\ue0041  x\x1b=\x08  o={"\u001b":1}
                head
                   at A.B()\x1b[1A

            """));
    }

    [Test]
    public async Task Torn_lines_and_what_is_no_error_are_passed_over_and_counted(CancellationToken cancellationToken)
    {
        string good = Line("2026-01-04T10:00:00.000000Z", "manual", "N", "good", "");
        File.Delete(_file + ".1");
        File.WriteAllText(_file, good[..30] + "\n" + good + "\0\0\0\0\n[1]\n\n{\"ts\":1}\n\uffff\n" + good + good[..^9]);

        CrashProcess.Ended ended = await ReadAsync("", cancellationToken);

        Assert.That(ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(2).And.All.Contains("good"));
        Assert.That(ended.Error, Is.EqualTo("7 lines were torn or are no errors; they were passed over.\n"));
        Assert.That(ended.ExitCode, Is.Zero);
    }

    [TestCase("\"message\":\"good\"", "\"message\":\"\\ud800\"")]
    [TestCase("\"where\":\"x\"", "\"where\":\"\\udc00x\"")]
    [TestCase("\"where\":\"x\"", "\"\\ud800\":1")]
    public async Task Text_that_is_no_unicode_is_passed_over_and_counted(string good, string bad, CancellationToken cancellationToken)
    {
        string line = Line("2026-01-04T10:00:00.000000Z", "manual", "N", "good", ",\"where\":\"x\"");
        File.Delete(_file + ".1");
        File.WriteAllText(_file, line.Replace(good, bad, StringComparison.Ordinal) + line);

        CrashProcess.Ended ended = await ReadAsync("--last 5", cancellationToken);

        Assert.That(ended.Output, Is.EqualTo("2026-01-04T10:00:00.000000Z  manual  N: good  where=x\n"));
        Assert.That(ended.Error, Is.EqualTo("1 lines were torn or are no errors; they were passed over.\n"));
        Assert.That(ended.ExitCode, Is.Zero);
    }

    // As when the recorder moves it between the two looks: both names lead to the same lines.
    [Test]
    public async Task A_file_that_has_both_names_is_told_once(CancellationToken cancellationToken)
    {
        File.Copy(_file, _file + ".1", overwrite: true);

        CrashProcess.Ended ended = await ReadAsync("", cancellationToken);

        Assert.That(ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_line_longer_than_any_error_is_passed_over_in_bounded_memory(CancellationToken cancellationToken)
    {
        File.Delete(_file + ".1");
        using (var file = new FileStream(_file, FileMode.Create))
        {
            // A hole: it takes no disk, and 200 MB when it is held.
            file.SetLength(200_000_000);
            file.Seek(0, SeekOrigin.End);
            file.Write(System.Text.Encoding.UTF8.GetBytes("\n" + Line("2026-01-04T10:00:00.000000Z", "manual", "N", "good", "")));
        }

        string configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        string program = Path.Combine(AppContext.BaseDirectory, "..", "..", "CrashReader", configuration, "CrashReader.dll");
        Shell.Run("DOTNET_GCHeapHardLimit=0x4000000 dotnet $0 $1 >$1.out 2>/dev/null", program, _file);

        Assert.That(await File.ReadAllTextAsync(_file + ".out", cancellationToken), Does.Contain("good"));
    }

    [TestCase("--kind", 64)]
    [TestCase("--since yesterday", 64)]
    [TestCase("--last 0", 64)]
    [TestCase("--is app", 64)]
    [TestCase("--colour yes", 64)]
    public async Task What_is_not_understood_is_refused(string arguments, int exitCode, CancellationToken cancellationToken)
        => Assert.That((await ReadAsync(arguments, cancellationToken)).ExitCode, Is.EqualTo(exitCode));

    [Test]
    public async Task A_file_that_is_not_there_is_told(CancellationToken cancellationToken)
        => Assert.That((await SampleProgram.RunAsync("CrashReader", [_file + "x"], cancellationToken)).ExitCode, Is.EqualTo(66));

    private static string Line(string time, string kind, string name, string message, string rest)
        => $$"""{"ts":"{{time}}","kind":"{{kind}}","name":"{{name}}","message":"{{message}}","stack":"head\n   at A.B()\u001b[1A"{{rest}}}""" + "\n";

    private Task<CrashProcess.Ended> ReadAsync(string filters, CancellationToken cancellationToken)
        => SampleProgram.RunAsync("CrashReader", [_file, .. filters.Split(' ', StringSplitOptions.RemoveEmptyEntries)], cancellationToken);
}
