using FlightRecorder.Tests.AspNetCore.Support;

namespace FlightRecorder.Tests.AspNetCore.Hosting;

public sealed class WiringTests
{
    [Test]
    public async Task Without_a_word_it_stands_in_front_of_the_pipeline()
    {
        bool? sawIt = null;
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            web.UseRouting();
            web.Use((context, next) =>
            {
                sawIt = context.Recording() is not null;
                return next();
            });
            web.MapGet("/x", () => "").Record();
        });

        await app.Client.GetAsync("/x");

        Assert.That(sawIt, Is.True);
        await app.OnlyAsync();
    }

    [Test]
    public async Task Its_exact_place_hides_what_stands_before_it()
    {
        bool? before = null;
        bool? after = null;
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            web.UseRouting();
            web.Use((context, next) =>
            {
                before = context.Recording() is not null;
                return next();
            });
            web.UseFlightRecorder();
            web.Use((context, next) =>
            {
                after = context.Recording() is not null;
                return next();
            });
            web.MapPost("/x/{id}", (int id, Dictionary<string, string> body) => body).Record();
        });

        await app.Client.PostAsJsonAsync("/x/3", new Dictionary<string, string> { ["a"] = "b" });
        Snapshot recording = await app.OnlyAsync();

        Assert.That((before, after), Is.EqualTo((false, true)));
        Assert.That(recording.Params["id"], Is.EqualTo("3"));
        Assert.That(recording.Request.Text, Is.EqualTo("""{"a":"b"}"""));
        Assert.That(recording.Response.Text, Is.EqualTo("""{"a":"b"}"""));
    }

    [Test]
    public async Task Behind_routing_an_unmarked_endpoint_passes()
    {
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            web.UseRouting();
            web.UseFlightRecorder();
            web.MapGet("/x", () => "plain");
        });

        Assert.That(await app.Client.GetStringAsync("/x"), Is.EqualTo("plain"));
        Assert.That(app.Recorder.Counters.Offered, Is.Zero);
    }

    [Test]
    public async Task Placed_twice_it_records_once()
    {
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            web.UseFlightRecorder();
            web.UseRouting();
            web.UseFlightRecorder();
            web.MapGet("/x", () => "").Record();
        });

        await app.Client.GetAsync("/x");

        await app.OnlyAsync();
    }

    [Test]
    public async Task Registered_twice_it_is_there_once_with_both_actions_applied()
    {
        await using TestApp app = await TestApp.StartAsync(
            web => web.MapGet("/x", () => "0123456789"),
            options => options.MaxBodyBytes = 4,
            builder => builder.Services.AddFlightRecorder(options => options.RecordEverything = true));

        await app.Client.GetAsync("/x");
        Snapshot recording = await app.OnlyAsync();

        Assert.That(recording.Response.Text, Is.EqualTo("0123"));
        Assert.That(app.Services.GetServices<Recorder>().Count(), Is.EqualTo(1));
    }

    [Test]
    public void A_place_without_the_services_is_refused()
        => Assert.That(
            () => WebApplication.CreateBuilder().Build().UseFlightRecorder(),
            Throws.TypeOf<FlightRecorderConfigurationException>().With.Message.Contains("AddFlightRecorder"));

    [Test]
    public async Task Tags_and_names_are_part_of_the_options_the_recorder_has()
    {
        await using TestApp app = await TestApp.StartAsync(web => web.MapGet("/x", () => ""), options => options.Tags["team"] = "blue");

        Assert.That(app.Recorder.Options, Is.SameAs(app.Services.GetRequiredService<FlightRecorderWebOptions>()));
        Assert.That(app.Recorder.Options.Tags["team"], Is.EqualTo("blue"));
        Assert.That(app.Recorder.Options.Environment, Is.EqualTo("Production"));
    }

    [Test]
    public async Task A_controller_is_recorded_like_any_endpoint()
    {
        await using TestApp app = await TestApp.StartAsync(Wire.WireApp.Map, options => options.RecordEverything = true, Wire.WireApp.Build);

        await app.Client.PostAsJsonAsync("/controller/orders", new Wire.WireOrder("pen", 1));
        Snapshot recording = await app.OnlyAsync();

        Assert.That(recording.Name, Is.EqualTo("WireController.Create"));
        Assert.That(recording.Route, Is.EqualTo("controller/orders"));
        Assert.That(recording.ResponseHeaders["location"], Is.EqualTo("/controller/orders/1"));
        Assert.That(recording.Params, Is.Empty, "action and controller are no parameters of this route");
    }
}
