using FlightRecorder.Cli;
using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Core.Redaction;
using Npgsql;

namespace FlightRecorder.Tests.Cli;

/// <summary>Random secrets, written everywhere in every encoding: no verb shows one, whatever of the journal, its damage or its dead letters it shows.</summary>
[CancelAfter(300_000)]
public sealed class CanaryTests
{
    private const int Recordings = 120;
    private const int Passwords = 15;
    private const string Segment = "20261120T080000-9f3a11c2d4e5f607-0001.jsonl";

    private CanaryLines _canaries = null!;
    private CliRig _rig = null!;

    // The journal has whole lines, halves of lines in a segment that was put aside, and damaged ones.
    [OneTimeSetUp]
    public void Fill()
    {
        _canaries = new CanaryLines(Recordings);
        _rig = new CliRig();
        Fill(_rig, _canaries);
    }

    [OneTimeTearDown]
    public void Close() => _rig.Dispose();

    [TestCase("list", "--limit", "1000")]
    [TestCase("list", "--limit", "1000", "--json")]
    [TestCase("status")]
    [TestCase("status", "--json")]
    [TestCase("verify")]
    [TestCase("verify", "--json")]
    [TestCase("dead-letter", "list")]
    [TestCase("dead-letter", "list", "--json")]
    [TestCase("dead-letter", "retry", "--postgres", "Host=127.0.0.1;Port=1;Username=u;Timeout=2")]
    [TestCase("show", "0")]
    [TestCase("prune", "--dry-run", "--older-than", "1d")]
    public async Task No_canary_is_in_what_a_verb_says_of_all(params string[] command)
    {
        await _rig.RunAsync(command);
        Assert.That(_rig.Output + _rig.Error, Is.Not.Empty);
        _canaries.AssertNoneIn(_rig.Output, string.Join(' ', command));
        _canaries.AssertNoneIn(_rig.Error, string.Join(' ', command) + " on the side");
    }

    [TestCase(false, "show")]
    [TestCase(true, "show")]
    [TestCase(false, "show", "--json")]
    [TestCase(false, "prompt")]
    public async Task No_canary_is_in_what_a_verb_says_of_its_recording(bool hasColor, params string[] command)
    {
        foreach (Guid id in _canaries.Ids)
        {
            int exitCode = await _rig.RunAsync(hasColor, [command[0], id.ToString("D"), .. command[1..], "--dir", _rig.Directory.Path]);
            Assert.That(exitCode, Is.Zero, _rig.Error);
            Assert.That(_rig.Output, Is.Not.Empty);
            _canaries.AssertGone(id, _rig.Output + _rig.Error, string.Join(' ', command));
        }
    }

    [TestCase("dead-letter", "show")]
    [TestCase("dead-letter", "show", "--json")]
    public async Task No_canary_is_in_what_is_shown_of_a_dead_letter(params string[] command)
    {
        for (int number = 1; number <= Recordings; number++)
        {
            Guid id = _canaries.Ids.ElementAt(number - 1);
            Assert.That(await _rig.RunAsync([.. command, number.ToString(System.Globalization.CultureInfo.InvariantCulture)]), Is.Zero, _rig.Error);
            Assert.That(_rig.Output, Does.Contain(id.ToString("D")));
            _canaries.AssertGone(id, _rig.Output, string.Join(' ', command));
        }
    }

    [TestCase]
    [TestCase("--json")]
    public async Task No_canary_is_in_what_is_followed(params string[] options)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int reads = 0;

        // Asked after each reading, by when all that is there is written.
        var terminal = new Terminal(output, error, hasColor: false, _rig.Directory.Path, isRead: () => ++reads < 2);
        await CommandLine.RunAsync(["tail", "--limit", "1000", .. options], terminal);
        Assert.That(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(Recordings));
        _canaries.AssertNoneIn(output.ToString(), "tail");
        _canaries.AssertNoneIn(error.ToString(), "tail on the side");
    }

    [TestCase("list")]
    [TestCase("show", "0193")]
    [TestCase("prompt", "0193")]
    [TestCase("tail")]
    [TestCase("ship", ".", "--once")]
    [TestCase("db", "status")]
    [TestCase("db", "up")]
    [TestCase("db", "down", "--to", "1")]
    [TestCase("dead-letter", "retry", "1")]
    public async Task No_password_is_in_what_a_verb_says_of_a_server_that_is_away(params string[] command)
    {
        string[] there = command[0] == "ship" ? ["ship", _rig.Directory.Path, "--once"] : command;
        for (int seed = 0; seed < Passwords; seed++)
        {
            Canary canary = Canary.Make(new Random(seed), tokenOnly: false);
            var settings = new NpgsqlConnectionStringBuilder("Host=127.0.0.1;Port=1;Username=u;Timeout=2") { Password = canary.Text };
            string[] dir = command[0] == "dead-letter" ? ["--dir", _rig.Directory.Path] : [];
            int exitCode = await _rig.RunAsync(hasColor: false, [.. there, .. dir, "--postgres", settings.ConnectionString]);
            Assert.That(exitCode, Is.Not.Zero);
            Assert.That(canary.IsIn(_rig.Output + _rig.Error), Is.False, _rig.Output + _rig.Error);
        }
    }

    // What the searches above must be able to find.
    [TestCase(3, "list", "--limit", "1000", "--json")]
    [TestCase(3, "dead-letter", "list")]
    public async Task Without_scrubbing_the_search_finds_canaries_in_lists(int atLeast, params string[] command)
    {
        var canaries = new CanaryLines(Recordings, scrubEchoes: false);
        using var rig = new CliRig();
        Fill(rig, canaries);
        await rig.RunAsync(command);
        Assert.That(canaries.CountIn(rig.Output), Is.AtLeast(atLeast));
    }

    [TestCase("show")]
    [TestCase("show", "--json")]
    [TestCase("prompt")]
    public async Task Without_scrubbing_the_search_finds_canaries_in_recordings(params string[] command)
    {
        var canaries = new CanaryLines(Recordings, scrubEchoes: false);
        using var rig = new CliRig();
        Fill(rig, canaries);
        int found = 0;
        foreach (Guid id in canaries.Ids)
        {
            await rig.RunAsync([command[0], id.ToString("D"), .. command[1..]]);
            found += canaries.Of(id).Canary.IsIn(rig.Output) ? 1 : 0;
        }

        Assert.That(found, Is.GreaterThan(Recordings / 3));
    }

    private static void Fill(CliRig rig, CanaryLines canaries)
    {
        byte[] lines = canaries.Bytes();
        rig.Directory.Write(Segment, lines);
        rig.Directory.Write("20261120T070000-9f3a11c2d4e5f606-0001.jsonl", [.. canaries.All.SelectMany(Damaged)]);
        rig.Directory.Write("20261120T060000-9f3a11c2d4e5f605-0001.0.dirty", lines[..(lines.Length / 2)]);
        Directory.CreateDirectory(Path.Combine(rig.Directory.Path, Shipper.FolderName));
        var letters = DeadLetterFile.Of(rig.Directory.Path, TimeProvider.System);
        foreach (string line in canaries.All)
        {
            letters.Add(System.Text.Encoding.UTF8.GetBytes(line), "22021: invalid byte sequence");
        }
    }

    private static byte[] Damaged(string line)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(line + "\n");
        bytes[bytes.Length / 2] ^= 1;
        return bytes;
    }
}
