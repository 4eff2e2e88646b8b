using System.Text.Json;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Cli;

public class ListTests
{
    [Test]
    public async Task A_line_tells_time_id_status_outcome_duration_request_mutations_and_error()
    {
        using var cli = new CliRig(Samples.Failing());

        Assert.That(await cli.RunAsync("list"), Is.Zero);

        Assert.That(cli.Output, Is.EqualTo(
            "2026-11-20 08:00:02  00000002-19aa-7000  500 failed       1.5 ms  POST /stock/tea/reserve  1 mutation  System.InvalidOperationException\n"));
        Assert.That(cli.Error, Is.Empty);
    }

    [Test]
    public async Task Newest_come_first_and_the_options_narrow_the_list()
    {
        using var cli = new CliRig(LineBuilder.Request(1), Samples.Failing(), LineBuilder.Request(3, status: 404), LineBuilder.Request(4));

        Assert.That(await SequencesAsync(cli), Is.EqualTo(new[] { 4, 3, 2, 1 }));
        Assert.That(await SequencesAsync(cli, "--limit", "2"), Is.EqualTo(new[] { 4, 3 }));
        Assert.That(await SequencesAsync(cli, "--route", "/stock/**"), Is.EqualTo(new[] { 2 }));
        Assert.That(await SequencesAsync(cli, "--status", "404"), Is.EqualTo(new[] { 3 }));
        Assert.That(await SequencesAsync(cli, "--outcome", "failed"), Is.EqualTo(new[] { 2 }));
        Assert.That(await SequencesAsync(cli, "--since", "2026-11-20T08:00:03Z"), Is.EqualTo(new[] { 4, 3 }));
        Assert.That(await SequencesAsync(cli, "--until", "2026-11-20T08:00:03Z"), Is.EqualTo(new[] { 2, 1 }));
        Assert.That(await SequencesAsync(cli, "--actor", "user_42"), Is.EqualTo(new[] { 2 }));
        Assert.That(await SequencesAsync(cli, "--error", "STOCK -1 InvalidOperationException"), Is.EqualTo(new[] { 2 }));
        Assert.That(await SequencesAsync(cli, "--error", "23514"), Is.EqualTo(new[] { 2 }), "of the error inside");
        Assert.That(await SequencesAsync(cli, "--error", "reserve"), Is.Empty, "not the stack, not the path");
        Assert.That(await SequencesAsync(cli, "--text", "STOCK of tea"), Is.EqualTo(new[] { 2 }));
        Assert.That(await SequencesAsync(cli, "--text", "stock of tea", "--status", "200"), Is.Empty);
    }

    [Test]
    public async Task Json_is_one_object_per_line_with_the_names_of_the_journal()
    {
        using var cli = new CliRig(LineBuilder.Request(1), Samples.Failing());

        await cli.RunAsync("list", "--json");

        Assert.That(cli.OutputLines, Has.Length.EqualTo(2));
        JsonElement first = JsonDocument.Parse(cli.OutputLines[0]).RootElement;
        Assert.That(first.GetProperty("id").GetGuid(), Is.EqualTo(LineBuilder.Id(2)));
        Assert.That(first.GetProperty("status").GetInt32(), Is.EqualTo(500));
        Assert.That(first.GetProperty("outcome").GetString(), Is.EqualTo("failed"));
        Assert.That(first.GetProperty("trigger")[0].GetString(), Is.EqualTo("always"));
        Assert.That(first.GetProperty("error").GetString(), Is.EqualTo("System.InvalidOperationException"));
    }

    [Test]
    public async Task What_is_skipped_is_said_on_the_side()
    {
        using var cli = new CliRig(LineBuilder.Request(1), "damaged", LineBuilder.Seal("{\"v\":2"), LineBuilder.Seal("{\"v\":3"));

        Assert.That(await cli.RunAsync("list"), Is.Zero);

        Assert.That(cli.OutputLines, Has.Length.EqualTo(1));
        Assert.That(cli.Error, Is.EqualTo("Skipped: 1 damaged line, 2 lines of a later version.\n"));
    }

    [Test]
    public async Task A_missing_journal_is_empty_and_said_on_the_side()
    {
        using var cli = new CliRig();

        Assert.That(await cli.RunAsync("list"), Is.Zero);

        Assert.That(cli.Output, Is.Empty);
        Assert.That(cli.Error, Is.EqualTo($"There is no journal in {cli.Directory.Path}.\n"));
    }

    [Test]
    public async Task Without_dir_the_directory_of_the_environment_is_read()
    {
        using var cli = new CliRig(LineBuilder.Request(1));

        await cli.RunAsync(hasColor: false, ["list"]);

        Assert.That(cli.OutputLines, Has.Length.EqualTo(1));
    }

    [TestCase("--limit", "0", "--limit is 0; allowed: 1 to 10000.")]
    [TestCase("--limit", "10001", "--limit is 10001; allowed: 1 to 10000.")]
    [TestCase("--status", "7", "--status is 7; allowed: 100 to 999.")]
    [TestCase("--since", "lately", "--since is \"lately\"; allowed: 30s, 15m, 2h, 3d, or a time such as 2026-11-20T08:00Z.")]
    [TestCase("--outcome", "great", "great")]
    [TestCase("--error", "", "--error is \"\", which has no letter and no digit; allowed: 1 to 1000 characters, among them a letter or a digit.")]
    [TestCase("--error", "\u202e!", "--error is \"\\u202E!\", which has no letter and no digit; allowed")]
    public async Task A_wrong_option_is_named_with_its_value_and_range(string option, string value, string message)
    {
        using var cli = new CliRig(LineBuilder.Request(1));

        Assert.That(await cli.RunAsync("list", option, value), Is.EqualTo(1));

        Assert.That(cli.Error, Does.Contain(message));
        Assert.That(cli.Output, Is.Empty);
    }

    [Test]
    public async Task A_text_that_is_too_long_is_said_with_its_length_and_not_repeated()
    {
        using var cli = new CliRig(LineBuilder.Request(1));

        Assert.That(await cli.RunAsync("list", "--error", new string('x', 1001)), Is.EqualTo(1));

        Assert.That(cli.Error, Does.Contain("…\", which has 1001 characters; allowed: 1 to 1000 characters").And.Not.Contain(new string('x', 41)));
    }

    [Test]
    public async Task There_is_colour_only_where_it_is_wanted()
    {
        using var cli = new CliRig(Samples.Failing());

        await cli.RunAsync(hasColor: true, ["list"]);
        string coloured = cli.Output;
        await cli.RunAsync(hasColor: false, ["list"]);

        Assert.That(coloured, Does.Contain("\u001b[31m500\u001b[0m"));
        Assert.That(cli.Output, Does.Not.Contain('\u001b'));
    }

    [TestCase("90s", -90)]
    [TestCase("15m", -900)]
    [TestCase("2h", -7200)]
    [TestCase("3d", -259_200)]
    [TestCase("2026-11-20T07:59:59Z", -1)]
    [TestCase("2026-11-20 09:00:00+02:00", -3600)]
    [TestCase("2026-11-20T07:00", -3600)]
    public void Since_is_so_long_ago_or_a_time(string text, double seconds)
    {
        Assert.That(FlightRecorder.Cli.Since.TryParse(text, LineBuilder.Start, out DateTimeOffset time));

        Assert.That(time, Is.EqualTo(LineBuilder.Start.AddSeconds(seconds)));
    }

    [TestCase("")]
    [TestCase("5")]
    [TestCase("-5m")]
    [TestCase("5w")]
    [TestCase("99999999999999d")]
    public void Other_words_are_no_time(string text) => Assert.That(FlightRecorder.Cli.Since.TryParse(text, LineBuilder.Start, out _), Is.False);

    private static async Task<int[]> SequencesAsync(CliRig cli, params string[] options)
    {
        Assert.That(await cli.RunAsync(["list", "--json", .. options]), Is.Zero);
        return [.. cli.OutputLines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("seq").GetInt32())];
    }
}
