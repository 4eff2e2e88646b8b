using System.Text.Json;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Cli;

public class ShowTests
{
    [Test]
    public async Task A_recording_is_a_page_to_read()
    {
        using var cli = new CliRig(LineBuilder.Request(1), Samples.Failing());

        Assert.That(await cli.RunAsync("show", "00000002"), Is.Zero);

        Assert.That(cli.Output, Is.EqualTo("""
            POST /stock/tea/reserve → 500 failed in 1.5 ms
              id          00000002-19aa-7000-8000-00000000cafe
              began       2026-11-20 08:00:02.000000 UTC
              handler     Orders.Get  Shop/Orders.cs:21
              route       /stock/{sku}/reserve
              request id  r2
              actor       user_42, role clerk
              kept for    always
              app         shop
              run         9f3a11c2d4e5f607 #2

            Request
              no body

            Response 500
              no body

            Errors
              0.500 ms  System.InvalidOperationException
                stock of tea is -1
                   at Shop.Stock.Reserve()
                   at Shop.Api.Post()
                caused by Npgsql.PostgresException
                  23514

            Timeline
                0.000 ms  http.request.received
                0.812 ms  db.query               402 µs, 1 row, Shop/Stock.cs:40
                            SELECT qty FROM stock
                            WHERE sku = @p0
                            {"p0":"tea"}

            Mutations
              1.203 ms  update stock {"sku":"tea"}  rolled back, 1 row, transaction t1  Shop/Stock.cs:88
                  member  before  after
                  sku     tea     tea
                * qty     2       -1

            Gaps
              response.body: event stream

            """));
    }

    [Test]
    public async Task A_statement_of_the_timeline_is_named_by_its_time()
    {
        using var cli = new CliRig(Samples.Writing("{\"p0\":3}"), Samples.Writing("{\"p0\":4}", sequence: 2));

        await cli.RunAsync("show", "00000001");
        Assert.That(cli.Output, Does.Contain("  statement and parameters: those at 0.812 ms\n"));
        Assert.That(cli.Output.Split("UPDATE stock"), Has.Length.EqualTo(2), "once");

        await cli.RunAsync("show", "00000002");
        Assert.That(cli.Output, Does.Contain("    UPDATE stock SET qty = @p0\n    {\"p0\":4}\n"), "another execution");
    }

    [Test]
    public async Task The_message_of_an_error_is_told_once()
    {
        using var cli = new CliRig(LineBuilder.Request(1, extra: """
            "timeline":[{"atUs":5,"type":"error","detail":"Broken","error":"no stock"},{"atUs":6,"type":"error","detail":"Other","error":"no errors entry"}],"errors":[{"atUs":5,"type":"Broken","message":"no stock"}]
            """));

        await cli.RunAsync("show", "00000001");

        Assert.That(cli.Output.Split("no stock"), Has.Length.EqualTo(2));
        Assert.That(cli.Output, Does.Contain("no errors entry"));
    }

    [Test]
    public async Task A_masked_member_that_changed_is_marked_though_it_looks_the_same()
    {
        using var cli = new CliRig(LineBuilder.Request(1, extra: """
            "mutations":[{"operation":"update","table":"users","before":{"pin":"[REDACTED]","id":1},"after":{"pin":"[REDACTED]","id":1},"changed":["pin"]}]
            """));

        await cli.RunAsync("show", "00000001");

        Assert.That(cli.Output, Does.Contain("    * pin ").And.Contain("      id "));
    }

    [Test]
    public async Task Json_is_the_line_itself()
    {
        using var cli = new CliRig(Samples.Failing());

        await cli.RunAsync("show", "00000002", "--json");

        Assert.That(JsonElement.DeepEquals(JsonDocument.Parse(cli.Output).RootElement, JsonDocument.Parse(Samples.Failing()).RootElement));
        Assert.That(cli.OutputLines, Has.Length.GreaterThan(20), "indented");
    }

    [Test]
    public async Task Several_that_begin_so_are_listed_with_their_whole_ids()
    {
        using var cli = new CliRig(LineBuilder.Request(0xab01), LineBuilder.Request(0xab02), LineBuilder.Request(0xcd01));

        Assert.That(await cli.RunAsync("show", "0000ab"), Is.EqualTo(2));

        Assert.That(cli.Output, Is.Empty);
        Assert.That(cli.Error, Does.Contain(LineBuilder.Id(0xab01).ToString()).And.Contain(LineBuilder.Id(0xab02).ToString()));
        Assert.That(cli.Error, Does.Not.Contain(LineBuilder.Id(0xcd01).ToString()));
    }

    [TestCase("ffffffff")]
    [TestCase("../../../../etc/passwd")]
    [TestCase("@/etc/passwd")]
    [TestCase("a\0b")]
    [TestCase("\u001b[2J")]
    public async Task An_id_that_is_none_is_not_found_whatever_it_is(string id)
    {
        using var cli = new CliRig(LineBuilder.Request(1));

        Assert.That(await cli.RunAsync("show", id), Is.EqualTo(1));

        Assert.That(cli.Output, Is.Empty);
        Assert.That(cli.Error, Does.Match("^No recording begins with \"[^\\p{C}]+\" in [^\n]+\\.\n$"));
    }

    [Test]
    public async Task A_megabyte_as_id_is_not_found_and_not_repeated()
    {
        using var cli = new CliRig(LineBuilder.Request(1));

        Assert.That(await cli.RunAsync("prompt", new string('a', 1024 * 1024)), Is.EqualTo(1));

        Assert.That(cli.Error, Has.Length.LessThan(300));
    }

    [TestCase("show")]
    [TestCase("show", "--json")]
    [TestCase("list")]
    [TestCase("list", "--json")]
    public async Task No_character_from_a_recording_steers_the_terminal(params string[] command)
    {
        // Escape, bell, backspace, NUL, DEL, C1, carriage return, right-to-left override, zero width, line separator, tags, tab.
        using var cli = new CliRig(Samples.Hostile(
            "\\u001b[31m\\u001b]0;owned\\u0007\\b\\u0000\u007f\u009b\\r\u202e\u200b\u2028\U000E0041\\tend"));

        Assert.That(await cli.RunAsync([.. command, .. command[0] == "show" ? new[] { "00000001" } : []]), Is.Zero);

        Assert.That(cli.Output, Does.Contain("owned"));
        Assert.That(cli.Output.Where(c => c != '\n' && (char.IsControl(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format
            or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.Surrogate)), Is.Empty);
    }

    [Test]
    public async Task A_control_character_is_shown_by_its_number()
    {
        using var cli = new CliRig(Samples.Hostile("a\\u001bb\u202ec\U000E0041d"));

        await cli.RunAsync("show", "00000001");

        Assert.That(cli.Output, Does.Contain("a\\x1Bb\\u202Ec\\U000E0041d"));
    }

    [Test]
    public async Task Text_that_is_no_valid_unicode_is_shown_as_it_was_written()
    {
        using var cli = new CliRig(LineBuilder.Request(1, extra: "\"gaps\":[{\"what\":\"a\\ud800b\",\"why\":\"c\"}],\"timeline\":[{\"type\":\"mark\",\"data\":{\"x\":\"\\ud800\"}}]"));

        Assert.That(await cli.RunAsync("show", "00000001"), Is.Zero);

        Assert.That(cli.Output, Does.Contain("a\\ud800b"));
    }

    [Test]
    public async Task The_prompt_names_an_earlier_recording_that_changed_the_same_row()
    {
        using var cli = new CliRig(Samples.Failing(1), LineBuilder.Request(2), Samples.Failing(3), Samples.Failing(4));

        Assert.That(await cli.RunAsync("prompt", "00000003"), Is.Zero);

        Assert.That(cli.Output, Does.Contain("/stock/tea/reserve"));
        Assert.That(cli.Output, Does.Contain(LineBuilder.Id(1).ToString()));
        Assert.That(cli.Output, Does.Not.Contain(LineBuilder.Id(4).ToString()), "it came later");
    }

    [Test]
    public async Task The_limit_of_the_prompt_is_checked()
    {
        using var cli = new CliRig(Samples.Failing(1));

        Assert.That(await cli.RunAsync("prompt", "00000001", "--max-chars", "1999"), Is.EqualTo(1));

        Assert.That(cli.Error, Does.Contain("--max-chars is 1999; allowed: 2000 to 1000000."));
    }

    [Test]
    public async Task Help_names_the_tool_as_it_is_typed()
    {
        using var cli = new CliRig();

        Assert.That(await cli.RunAsync(hasColor: false, ["--help"]), Is.Zero);

        Assert.That(cli.Output, Does.Contain("flightrecorder [command]"));
    }
}
