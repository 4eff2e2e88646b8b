using System.Text;
using System.Text.Json;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Cli;

public class PruneTests
{
    private const string Ada = "\"actor\":{\"id\":\"ada\",\"role\":\"clerk\"}";
    private const string Bob = "\"actor\":{\"id\":\"bob\"},\"tags\":{\"about\":\"ada\"}";

    private CliRig _cli = null!;

    [SetUp]
    public void SetUp() => _cli = new CliRig();

    [TearDown]
    public void TearDown() => _cli.Dispose();

    [Test]
    public async Task Something_to_prune_by_must_be_named()
    {
        Assert.That(await _cli.RunAsync("prune"), Is.EqualTo(1));
        Assert.That(_cli.Error, Does.Contain("prune needs at least one of --older-than, --max-bytes and --actor."));
    }

    [TestCase("--max-bytes", "much", "--max-bytes is \"much\"; allowed: a number of bytes, or one with KB, MB or GB.")]
    [TestCase("--max-bytes", "99999999999GB", "--max-bytes is \"99999999999GB\"")]
    [TestCase("--older-than", "lately", "--older-than is \"lately\"")]
    [TestCase("--actor", "", "--actor is empty")]
    public async Task A_wrong_option_is_named(string option, string value, string message)
    {
        Assert.That(await _cli.RunAsync("prune", option, value), Is.EqualTo(1));
        Assert.That(_cli.Error, Does.Contain(message));
    }

    [Test]
    public async Task Closed_segments_past_the_age_go_and_what_is_not_ours_or_being_written_stays()
    {
        string old = Write("9f3a11c2d4e5f607", 1, days: 9, LineBuilder.Request(1));
        string young = Write("9f3a11c2d4e5f607", 2, days: 1, LineBuilder.Request(2));
        string open = Write("00000000000000aa", 1, days: 9, LineBuilder.Request(3));
        string foreign = _cli.Directory.Write("copied.jsonl", LineBuilder.Bytes(LineBuilder.Request(4)));
        File.SetLastWriteTimeUtc(foreign, DateTime.UtcNow.AddDays(-9));
        using FileStream writer = new(open, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);

        Assert.That(await _cli.RunAsync("prune", "--older-than", "7d", "--dry-run"), Is.Zero);
        Assert.That(_cli.Output, Does.StartWith($"would be deleted {Path.GetFileName(old)} (").And.EndWith("Would be: 1 segment deleted.\n"));
        Assert.That(_cli.Directory.Segments, Has.Length.EqualTo(4));

        Assert.That(await _cli.RunAsync("prune", "--older-than", "7d"), Is.Zero);
        Assert.That(_cli.Directory.Segments, Is.EquivalentTo(new[] { young, open, foreign }));
    }

    [Test]
    public async Task The_oldest_go_until_the_rest_fits()
    {
        string[] segments = [.. Enumerable.Range(1, 4).Select(i => Write("9f3a11c2d4e5f607", i, days: 5 - i, LineBuilder.Request(i)))];
        long bytes = new FileInfo(segments[0]).Length;

        Assert.That(await _cli.RunAsync("prune", "--max-bytes", $"{(bytes * 2) + 5}"), Is.Zero);

        Assert.That(_cli.Directory.Segments, Is.EqualTo(segments[2..]));
    }

    [Test]
    public async Task An_actor_is_erased_from_closed_segments_and_nothing_else_changes()
    {
        string path = Write("9f3a11c2d4e5f607", 1, days: 3,
            LineBuilder.Request(1, extra: Ada), LineBuilder.Request(2, extra: Bob), LineBuilder.Request(3), LineBuilder.Request(4, path: "/orders/secret", extra: Ada));
        string other = Write("9f3a11c2d4e5f607", 2, days: 2, LineBuilder.Request(5, extra: Bob));
        byte[] otherBefore = File.ReadAllBytes(other);
        DateTime written = File.GetLastWriteTimeUtc(path);

        Assert.That(await _cli.RunAsync("prune", "--actor", "ada", "--dry-run"), Is.Zero);
        Assert.That(_cli.Output, Does.StartWith($"would be rewritten {Path.GetFileName(path)} (").And.Contain("2 recordings of the actor erased, 2 lines kept, 0 damaged pieces dropped"));
        Assert.That(File.ReadAllText(path), Does.Contain("\"ada\",\"role\""));

        Assert.That(await _cli.RunAsync("prune", "--actor", "ada"), Is.Zero);
        string text = File.ReadAllText(path);
        Assert.That(text, Does.Not.Contain("clerk").And.Not.Contain("/orders/secret"));
        Assert.That(text.Split('\n')[1..3], Is.EqualTo(new[] { LineBuilder.Request(2, extra: Bob), LineBuilder.Request(3) }));
        Assert.That(File.ReadAllBytes(other), Is.EqualTo(otherBefore));
        Assert.That(File.GetLastWriteTimeUtc(path), Is.EqualTo(written), "retention goes by its age");
        Assert.That(_cli.Directory.Files, Is.EqualTo(new[] { path, other }));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        Assert.That(await _cli.RunAsync("verify"), Is.Zero, "no number is missing, and every checksum holds: " + _cli.Output);
        await _cli.RunAsync("list", "--json");
        Assert.That(_cli.OutputLines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("seq").GetInt32()), Is.EqualTo(new[] { 5, 3, 2 }));
        Assert.That(await _cli.RunAsync("show", LineBuilder.Id(1).ToString()), Is.EqualTo(1));
    }

    [Test]
    public async Task What_cannot_be_erased_is_said_and_the_exit_code_tells()
    {
        string open = Write("9f3a11c2d4e5f607", 1, days: 1, LineBuilder.Request(1, extra: Ada));
        string foreign = _cli.Directory.Write("copied.jsonl", LineBuilder.Bytes(LineBuilder.Request(4, extra: Ada)));
        using FileStream writer = new(open, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);

        Assert.That(await _cli.RunAsync("prune", "--actor", "ada"), Is.EqualTo(4));

        Assert.That(_cli.Error, Does.Contain($"left {Path.GetFileName(open)}").And.Contain("1 recording of the actor; a process is writing it"));
        Assert.That(_cli.Error, Does.Contain("left copied.jsonl").And.Contain("it does not have a segment's name"));
        Assert.That(File.ReadAllBytes(foreign), Is.EqualTo(LineBuilder.Bytes(LineBuilder.Request(4, extra: Ada))));
    }

    [Test]
    public async Task Damage_that_may_name_the_actor_goes_with_the_actor_and_saved_lines_stay()
    {
        string damaged = LineBuilder.Request(1, extra: Ada).Replace("shop", "shoP");
        string joined = LineBuilder.Request(2) + "x" + LineBuilder.Request(3, extra: Ada);
        string path = Write("9f3a11c2d4e5f607", 1, days: 1, damaged, joined, LineBuilder.Request(4));

        Assert.That(await _cli.RunAsync("prune", "--actor", "ada"), Is.Zero);

        string text = File.ReadAllText(path);
        Assert.That(text, Does.Not.Contain("ada"));
        Assert.That(text, Does.StartWith(LineBuilder.Request(2) + "\n").And.EndsWith(LineBuilder.Request(4) + "\n"));
    }

    [Test]
    public async Task Damage_without_the_actor_is_no_reason_to_touch_a_segment()
    {
        string path = Write("9f3a11c2d4e5f607", 1, days: 1, "damaged", LineBuilder.Request(2));
        byte[] before = File.ReadAllBytes(path);

        Assert.That(await _cli.RunAsync("prune", "--actor", "ada"), Is.Zero);

        Assert.That(File.ReadAllBytes(path), Is.EqualTo(before));
        Assert.That(_cli.Output, Is.EqualTo("0 segments deleted.\n"));
    }

    [Test]
    public async Task A_segment_that_was_put_aside_is_erased_up_to_its_good_bytes()
    {
        byte[] good = LineBuilder.Bytes(LineBuilder.Request(1, extra: Ada), LineBuilder.Request(2));
        _cli.Directory.Write($"20261120T080000-9f3a11c2d4e5f607-0001.{good.Length}.dirty", [.. good, .. Encoding.UTF8.GetBytes(LineBuilder.Request(3, extra: Ada)[..^30])]);

        Assert.That(await _cli.RunAsync("prune", "--actor", "ada"), Is.Zero);

        string left = _cli.Directory.Files.Single();
        Assert.That(Path.GetFileName(left), Is.EqualTo($"20261120T080000-9f3a11c2d4e5f607-0001.{new FileInfo(left).Length}.dirty"));
        Assert.That(File.ReadAllText(left), Does.Not.Contain("ada").And.EndsWith(LineBuilder.Request(2) + "\n"));
    }

    [Test]
    public async Task What_an_interrupted_erasure_left_behind_is_deleted()
    {
        string left = _cli.Directory.Write("20261120T080000-9f3a11c2d4e5f607-0001.jsonl.erasing", LineBuilder.Bytes(LineBuilder.Request(1, extra: Ada)));

        Assert.That(await _cli.RunAsync("prune", "--actor", "ada"), Is.Zero);

        Assert.That(File.Exists(left), Is.False);
    }

    [TestCase("ö \"x\"\\")]
    [TestCase("a")]
    public async Task Any_id_can_be_erased(string id)
    {
        string path = Write("9f3a11c2d4e5f607", 1, days: 1, LineBuilder.Request(1, extra: $"\"actor\":{{\"id\":{JsonSerializer.Serialize(id)},\"role\":\"clerk\"}}"), LineBuilder.Request(2));

        Assert.That(await _cli.RunAsync("prune", "--actor", id), Is.Zero);

        Assert.That(File.ReadAllText(path), Does.Not.Contain("clerk"));
    }

    [Test]
    public async Task Json_is_one_object_per_segment()
    {
        Write("9f3a11c2d4e5f607", 1, days: 1, LineBuilder.Request(1, extra: Ada));

        Assert.That(await _cli.RunAsync("prune", "--actor", "ada", "--json", "--dry-run"), Is.Zero);

        JsonElement action = JsonDocument.Parse(_cli.OutputLines.Single()).RootElement;
        Assert.That((action.GetProperty("action").GetString(), action.GetProperty("dryRun").GetBoolean(), action.GetProperty("erased").GetInt32()), Is.EqualTo(("rewritten", true, 1)));
    }

    [TestCase("0", 0)]
    [TestCase("12", 12)]
    [TestCase("12b", 12)]
    [TestCase("2KB", 2048)]
    [TestCase("500mb", 524_288_000)]
    [TestCase("2GB", 2_147_483_648)]
    public void A_size_has_a_unit_or_is_bytes(string text, long bytes)
    {
        Assert.That(FlightRecorder.Cli.ByteSize.TryParse(text, out long read));
        Assert.That(read, Is.EqualTo(bytes));
    }

    private string Write(string run, int ordinal, int days, params string[] lines)
    {
        string path = _cli.Directory.Write($"20261120T080000-{run}-{ordinal:D4}.jsonl", LineBuilder.Bytes(lines));
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-days));
        return path;
    }
}
