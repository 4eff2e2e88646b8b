using FlightRecorder.Tests.AspNetCore.Support;

namespace FlightRecorder.Tests.AspNetCore.Hosting;

/// <summary>A configuration file is changed while the app serves requests: what takes effect, and what does not.</summary>
public sealed class ReloadTests
{
    private const int PatienceMs = 20_000;

    [Test]
    public async Task A_name_added_to_the_file_is_hidden_from_then_on_and_one_taken_away_stays_hidden()
    {
        using var file = new SettingsFile(new { Redaction = new { Names = new[] { "iban" } } });
        await using TestApp app = await StartAsync(file);
        string before = await RecordAsync(app, """{"iban":"DE-1111","phone":"555-0100","city":"Ulm"}""");

        file.Write(new { Redaction = new { Names = new[] { "iban", "phone" } } });
        Assert.That(() => Names(app), Does.Contain("phone").After(PatienceMs, 20));
        string tightened = await RecordAsync(app, """{"iban":"DE-1111","phone":"555-0100","city":"Ulm"}""");

        file.Write(new { Redaction = new { Names = new[] { "city" } } });
        Assert.That(() => Names(app), Does.Contain("city").After(PatienceMs, 20));
        string after = await RecordAsync(app, """{"iban":"DE-1111","phone":"555-0100","city":"Ulm"}""");

        Assert.Multiple(() =>
        {
            Assert.That(before, Does.Contain("555-0100").And.Contain("Ulm").And.Not.Contain("DE-1111"));
            Assert.That(tightened, Does.Contain("Ulm").And.Not.Contain("555-0100").And.Not.Contain("DE-1111"));
            Assert.That(after, Does.Not.Contain("Ulm").And.Not.Contain("555-0100").And.Not.Contain("DE-1111"));
        });
    }

    [Test]
    public async Task Enabled_in_the_file_switches_recording_off_and_on()
    {
        using var file = new SettingsFile(new { Enabled = true });
        await using TestApp app = await StartAsync(file);
        await app.Client.GetAsync("/x");

        file.Write(new { Enabled = false });
        Assert.That(() => app.Recorder.IsOn, Is.False.After(PatienceMs, 20));
        await app.Client.GetAsync("/x");

        file.Write(new { Enabled = true });
        Assert.That(() => app.Recorder.IsOn, Is.True.After(PatienceMs, 20));
        await app.Client.GetAsync("/x");

        Assert.That(await app.SettledAsync(2), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task What_code_switched_off_stays_off_when_the_file_changes_elsewhere()
    {
        using var file = new SettingsFile(new { Enabled = true });
        await using TestApp app = await StartAsync(file);
        app.Recorder.Options.Enabled = false;

        file.Write(new { Enabled = true, Redaction = new { Names = new[] { "phone" } } });
        Assert.That(() => Names(app), Does.Contain("phone").After(PatienceMs, 20));

        Assert.That(app.Recorder.IsOn, Is.False);
    }

    [Test]
    public async Task A_wrong_value_keeps_all_of_the_old_options_and_is_told_once_with_its_key_and_value()
    {
        using var file = new SettingsFile(new { Enabled = true, MaxBodyBytes = 1000 });
        await using TestApp app = await StartAsync(file);

        file.Write(new { Enabled = false, MaxBodyBytes = -7, Redaction = new { Names = new[] { "phone" } } });
        Assert.That(() => app.Log.Of(102).Count, Is.EqualTo(1).After(PatienceMs, 20));
        file.Write(new { Enabled = false, MaxBodyBytes = -7, Redaction = new { Names = new[] { "phone", "city" } } });
        file.Write(new { Enabled = true, MaxBodyBytes = 1000, Redaction = new { Names = new[] { "last" } } });
        Assert.That(() => Names(app), Does.Contain("last").After(PatienceMs, 20));

        Assert.Multiple(() =>
        {
            Assert.That(app.Log.Of(102).Single(), Does.Contain("FlightRecorder:MaxBodyBytes is -7; allowed: 0 to 16777216"));
            Assert.That(app.Recorder.IsOn, Is.True);
            Assert.That(Names(app), Is.EqualTo(new[] { "last" }));
        });
    }

    [Test]
    public async Task Other_options_need_a_new_start()
    {
        using var file = new SettingsFile(new { MaxBodyBytes = 1000 });
        await using TestApp app = await StartAsync(file);

        file.Write(new { MaxBodyBytes = 4, Redaction = new { Names = new[] { "phone" }, Replacement = "gone" } });
        Assert.That(() => Names(app), Does.Contain("phone").After(PatienceMs, 20));
        string line = await RecordAsync(app, """{"phone":"555-0100","city":"Ulm"}""");

        Assert.That(line, Does.Contain("Ulm").And.Contain("[REDACTED]").And.Not.Contain("gone"));
    }

    [Test]
    public async Task Names_added_in_code_take_effect_while_running()
    {
        using var file = new SettingsFile(new { });
        await using TestApp app = await StartAsync(file);
        string before = await RecordAsync(app, """{"phone":"555-0100"}""");
        app.Services.GetRequiredService<FlightRecorderWebOptions>().Redaction.Names.Add("phone");
        string after = await RecordAsync(app, """{"phone":"555-0100"}""");

        Assert.Multiple(() =>
        {
            Assert.That(before, Does.Contain("555-0100"));
            Assert.That(after, Does.Not.Contain("555-0100"));
        });
    }

    private static Task<TestApp> StartAsync(SettingsFile file) => TestApp.StartBareAsync(
        web =>
        {
            web.MapPost("/echo", (Dictionary<string, string> body) => body).Record();
            web.MapGet("/x", () => "").Record();
        },
        file.AddTo);

    private static IList<string> Names(TestApp app) => app.Services.GetRequiredService<FlightRecorderWebOptions>().Redaction.Names;

    /// <summary>The line of one request that sends the body and gets it back.</summary>
    private static async Task<string> RecordAsync(TestApp app, string body)
    {
        int known = app.Recorded.Count;
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        await app.Client.PostAsync("/echo", content);
        Guid id = (await app.SettledAsync(known + 1))[^1].Id;
        await app.Recorder.FlushAsync();
        Recording recording = (await app.Services.GetRequiredService<IRecordingReader>().GetAsync(id))!;
        return System.Text.Encoding.UTF8.GetString(recording.Line.Span);
    }
}
