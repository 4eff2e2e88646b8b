using FlightRecorder.Tests.AspNetCore.Support;

namespace FlightRecorder.Tests.AspNetCore.Options;

public sealed class WebOptionsTests
{
    private static readonly object[] Wrong =
    [
        Case("FlightRecorder:MaxBodyBytes is -1; allowed: 0 to 16777216.", options => options.MaxBodyBytes = -1),
        Case("FlightRecorder:MaxBodyBytes is 16777217; allowed: 0 to 16777216.", options => options.MaxBodyBytes = 16 * 1024 * 1024 + 1),
        Case("FlightRecorder:Bodies is 7; allowed: Default, None, Request, Response, Both.", options => options.Bodies = (Bodies)7),
        Case("FlightRecorder:RequestIdHeader is \"x id\"; allowed: a header name of 1 to 128 characters.", options => options.RequestIdHeader = "x id"),
        Case("FlightRecorder:RequestIdHeader is \"\"; allowed: a header name", options => options.RequestIdHeader = ""),
        Case("FlightRecorder:RequestHeaders:1 is \"bad:\"; allowed: a header name", options => options.RequestHeaders = ["good", "bad:"]),
        Case("FlightRecorder:ResponseHeaders:0 is \"*\"; allowed: a header name", options => options.ResponseHeaders = ["*"]),
        Case("FlightRecorder:ResponseHeaders is null; allowed: a list of header names.", options => options.ResponseHeaders = null!),
        Case("FlightRecorder:Actor is null; allowed: a function", options => options.Actor = null!),
        Case("FlightRecorder:Queue:MaxBytes is 1; allowed: ", options => options.Queue.MaxBytes = 1),
    ];

    [TestCaseSource(nameof(Wrong))]
    public void A_wrong_option_stops_the_start_with_its_key_value_and_range(string message, object wrong)
        => Assert.That(
            () => StartAndStopAsync((Action<FlightRecorderWebOptions>)wrong),
            Throws.TypeOf<FlightRecorderConfigurationException>().With.Message.Contains(message));

    [Test]
    public void All_wrong_options_are_named_at_once()
        => Assert.That(
            () => StartAndStopAsync(options => (options.MaxBodyBytes, options.RequestIdHeader) = (-1, "")),
            Throws.TypeOf<FlightRecorderConfigurationException>().With.Message.Contains("MaxBodyBytes").And.Message.Contains("RequestIdHeader"));

    [TestCase("MaxBodyBytes", "many", "FlightRecorder:MaxBodyBytes is \"many\".", "many")]
    [TestCase("Bodies", "Sometimes", "FlightRecorder:Bodies is \"Sometimes\".", "Sometimes")]
    [TestCase("Journal:MaxAge", "a week", "FlightRecorder:Journal:MaxAge is \"a week\".", "a week")]
    [TestCase("MaxBodyBytes", "-5", "FlightRecorder:MaxBodyBytes", "-5")]
    public void A_wrong_value_in_the_configuration_stops_the_start_with_its_key_and_value(string key, string value, string shownKey, string shownValue)
        => Assert.That(
            () => StartConfiguredAsync(new() { [key] = value }),
            Throws.TypeOf<FlightRecorderConfigurationException>().With.Message.Contains(shownKey).And.Message.Contains(shownValue));

    [Test]
    public async Task The_configuration_is_read_and_its_lists_replace_the_defaults()
    {
        await using TestApp app = await ConfiguredAsync(new()
        {
            ["AppName"] = "shop",
            ["RecordEverything"] = "true",
            ["MaxBodyBytes"] = "100",
            ["Bodies"] = "Request",
            ["RequestHeaders:0"] = "x-one",
            ["Tags:team"] = "blue",
            ["Redaction:Names:0"] = "iban",
            ["Journal:MaxAge"] = "2.00:00:00",
            ["Timeline:Logs"] = "true",
        });
        var options = app.Services.GetRequiredService<FlightRecorderWebOptions>();

        Assert.Multiple(() =>
        {
            Assert.That(options.AppName, Is.EqualTo("shop"));
            Assert.That(options.RecordEverything, Is.True);
            Assert.That(options.MaxBodyBytes, Is.EqualTo(100));
            Assert.That(options.Bodies, Is.EqualTo(Bodies.Request));
            Assert.That(options.RequestHeaders, Is.EqualTo(new[] { "x-one" }));
            Assert.That(options.ResponseHeaders, Has.Count.GreaterThan(3), "not in the section: the defaults");
            Assert.That(options.Tags["team"], Is.EqualTo("blue"));
            Assert.That(options.Redaction.Names, Is.EqualTo(new[] { "iban" }));
            Assert.That(options.Journal.MaxAge, Is.EqualTo(TimeSpan.FromDays(2)));
            Assert.That(options.Timeline.Logs, Is.True);
        });
    }

    [Test]
    public async Task Enabled_and_added_names_take_effect_while_running()
    {
        var source = new ChangingSource { ["Enabled"] = "false", ["Redaction:Names:0"] = "iban" };
        await using TestApp app = await ConfiguredAsync(source);
        var options = app.Services.GetRequiredService<FlightRecorderWebOptions>();
        await app.Client.GetAsync("/x");
        Assert.That(app.Recorder.Counters.Offered, Is.Zero);

        source["Enabled"] = "true";
        source["Redaction:Names:1"] = "phone";
        source.Reload();
        await app.Client.GetAsync("/x");

        Assert.That(await app.SettledAsync(1), Has.Count.EqualTo(1));
        Assert.That(options.Redaction.Names, Is.EqualTo(new[] { "iban", "phone" }));
    }

    [Test]
    public async Task A_wrong_change_while_running_is_logged_once_and_not_applied()
    {
        var source = new ChangingSource { ["Enabled"] = "true" };
        await using TestApp app = await ConfiguredAsync(source);

        source["Enabled"] = "perhaps";
        source.Reload();
        source.Reload();

        Assert.That(app.Recorder.IsOn, Is.True);
        Assert.That(app.Log.Of(102).Single(), Does.Contain("perhaps"));
    }

    [Test]
    public async Task Switching_off_in_code_takes_effect_while_running()
    {
        FlightRecorderWebOptions? kept = null;
        await using TestApp app = await TestApp.StartAsync(web => web.MapGet("/x", () => "").Record(), options => kept = options);

        await app.Client.GetAsync("/x");
        kept!.Enabled = false;
        await app.Client.GetAsync("/x");

        Assert.That(await app.SettledAsync(1), Has.Count.EqualTo(1));
    }

    private static object[] Case(string message, Action<FlightRecorderWebOptions> wrong) => [message, wrong];

    private static async Task StartAndStopAsync(Action<FlightRecorderWebOptions> options)
    {
        await using TestApp app = await TestApp.StartAsync(web => web.MapGet("/", () => ""), options);
    }

    private static async Task StartConfiguredAsync(ChangingSource source)
    {
        await using TestApp app = await ConfiguredAsync(source);
    }

    private static Task<TestApp> ConfiguredAsync(ChangingSource source)
        => TestApp.StartBareAsync(
            web => web.MapGet("/x", () => "").Record(),
            builder => builder.Services.AddFlightRecorder(source.Section).UseMemoryStore());
}
