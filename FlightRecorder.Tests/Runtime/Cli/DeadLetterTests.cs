using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;
using FlightRecorder.Tests.Support.PostgreSql;

namespace FlightRecorder.Tests.Cli;

/// <summary>The commands over the recordings that a server refused.</summary>
public sealed class DeadLetterTests
{
    private const string Later = """{"v":2,"id":"00000009-19aa-7000-8000-00000000cafe","kind":"request"}""";

    private CliRig _rig = null!;

    [SetUp]
    public void Fill()
    {
        _rig = new CliRig();
        Directory.CreateDirectory(Path.Combine(_rig.Directory.Path, Shipper.FolderName));
        File.Add(Line(LineBuilder.Request(1)), "22021: invalid byte sequence");
        File.Add(Line(Later), "a line of a later version");
        File.Add(Line(LineBuilder.Request(3, path: "/orders/3\\u001b[2J")), "54000: too large");
    }

    [TearDown]
    public void Close() => _rig.Dispose();

    private DeadLetterFile File => DeadLetterFile.Of(_rig.Directory.Path, TimeProvider.System);

    [Test]
    public async Task Letters_are_listed_with_number_id_request_and_reason()
    {
        Assert.That(await _rig.RunAsync("dead-letter", "list"), Is.Zero);

        Assert.That(_rig.OutputLines, Has.Length.EqualTo(3));
        Assert.That(_rig.OutputLines[0], Does.StartWith("1  20").And.EndWith($"{LineBuilder.Id(1):D}  GET /orders/1  22021: invalid byte sequence"));
        Assert.That(_rig.OutputLines[1], Does.StartWith("2  20").And.EndWith($"{Later.Length} bytes, no recording of this version  a line of a later version"));
        Assert.That(_rig.OutputLines[2], Does.Contain(@"GET /orders/3\x1B[2J"));
    }

    [Test]
    public async Task Letters_are_listed_as_json_without_an_id_where_none_can_be_told()
    {
        Assert.That(await _rig.RunAsync("dead-letter", "list", "--json"), Is.Zero);

        Assert.That(_rig.OutputLines, Has.Length.EqualTo(3));
        Assert.That(_rig.OutputLines[0], Does.StartWith("""{"n":1,"at":"20""").And.EndWith($"\"id\":\"{LineBuilder.Id(1):D}\"}}"));
        Assert.That(_rig.OutputLines[1], Does.EndWith($"\"reason\":\"a line of a later version\",\"bytes\":{Later.Length}}}"));
    }

    [Test]
    public async Task One_letter_is_shown_with_its_reason_and_its_recording()
    {
        Assert.That(await _rig.RunAsync("dead-letter", "show", "1"), Is.Zero);

        Assert.That(_rig.OutputLines[0], Does.StartWith("refused 20").And.EndWith("22021: invalid byte sequence"));
        Assert.That(_rig.Output, Does.Contain("GET /orders/1 → 200 completed"));
    }

    [Test]
    public async Task What_is_no_recording_is_shown_as_it_was_written()
    {
        Assert.That(await _rig.RunAsync("dead-letter", "show", "2"), Is.Zero);

        Assert.That(_rig.OutputLines[^1], Is.EqualTo(Later));
    }

    [TestCase("show", "4")]
    [TestCase("show", "0")]
    [TestCase("purge", "1", "9")]
    public async Task A_number_that_no_letter_has_is_refused_and_nothing_is_done(params string[] command)
    {
        Assert.That(await _rig.RunAsync(["dead-letter", .. command]), Is.EqualTo(1));

        Assert.That(_rig.Error, Does.Contain("allowed: 1 to 3"));
        Assert.That(File.Read(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Without_letters_the_list_is_empty()
    {
        using var empty = new CliRig();

        Assert.That(await empty.RunAsync("dead-letter", "list"), Is.Zero);

        Assert.That(empty.Output + empty.Error, Is.Empty);
    }

    [Test]
    public async Task The_letters_that_are_named_are_purged_and_the_others_stay()
    {
        Assert.That(await _rig.RunAsync("dead-letter", "purge", "1", "3"), Is.Zero);

        Assert.That(_rig.Output, Does.StartWith("2 dead letters deleted."));
        Assert.That(File.Read().Single().Reason, Is.EqualTo("a line of a later version"));
    }

    [Test]
    public async Task All_letters_are_purged_and_the_file_goes_with_them()
    {
        await System.IO.File.AppendAllTextAsync(File.Path, """{"at":"torn""");

        Assert.That(await _rig.RunAsync("dead-letter", "purge", "--all"), Is.Zero);

        Assert.That(System.IO.File.Exists(File.Path), Is.False);
    }

    [TestCase("1h", 3)]
    [TestCase("2100-01-01", 0)]
    public async Task Letters_are_purged_by_age(string olderThan, int left)
    {
        Assert.That(await _rig.RunAsync("dead-letter", "purge", "--older-than", olderThan), Is.Zero);

        Assert.That(File.Read(), Has.Count.EqualTo(left));
    }

    [TestCase("purge")]
    [TestCase("purge", "1", "--all")]
    public async Task A_purge_says_what_goes_in_one_way(params string[] command)
    {
        Assert.That(await _rig.RunAsync(["dead-letter", .. command]), Is.EqualTo(1));

        Assert.That(_rig.Error, Does.Contain("numbers, --all, --older-than"));
        Assert.That(File.Read(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_file_that_another_writes_is_left_alone()
    {
        using (PrivateFiles.Lock(Path.Combine(_rig.Directory.Path, Shipper.FolderName, "dead-letter.lock")))
        {
            Assert.That(await _rig.RunAsync("dead-letter", "purge", "--all"), Is.EqualTo(4));
        }

        Assert.That(File.Read(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_retry_stores_what_the_server_takes_now_and_keeps_the_rest()
    {
        await using PostgreSqlCluster cluster = await PostgreSqlCluster.StartAsync();
        string database = await cluster.CreateDatabaseAsync();
        File.Add(Line(LineBuilder.Request(4, at: LineBuilder.Start.AddYears(-20))), "too old for any store");

        Assert.That(await _rig.RunAsync("dead-letter", "retry", "--postgres", database, "--max-age", "3653"), Is.EqualTo(4), _rig.Error);

        Assert.That(_rig.Output, Does.StartWith("2 stored, 0 there already, 1 refused again, 1 too old."));
        Assert.That(_rig.Error, Does.Contain("refused: "));
        Assert.That(File.Read().Select(letter => letter.Reason), Is.EqualTo(new[] { "a line of a later version", "too old for any store" }));
        Assert.That(await _rig.RunAsync(hasColor: false, ["list", "--postgres", database]), Is.Zero);
        Assert.That(_rig.OutputLines, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_retry_while_the_server_is_away_changes_nothing()
    {
        Assert.That(await _rig.RunAsync("dead-letter", "retry", "--postgres", "Host=127.0.0.1;Port=1;Username=u;Timeout=2"), Is.EqualTo(69));

        Assert.That(File.Read(), Has.Count.EqualTo(3));
    }

    private static byte[] Line(string line) => System.Text.Encoding.UTF8.GetBytes(line);
}
