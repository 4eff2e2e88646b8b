using FlightRecorder.Tests.AspNetCore.Support;

namespace FlightRecorder.Tests.AspNetCore.Hosting;

public sealed class WebRootTests
{
    [TestCase("")]
    [TestCase("/")]
    [TestCase("/flight")]
    [TestCase("/../public/a/flight")]
    public void A_journal_in_the_web_root_stops_the_start(string below)
    {
        using var parent = new Tests.Support.JournalDirectory();
        string root = Directory.CreateDirectory(Path.Combine(parent.Path, "public")).FullName;

        Assert.That(
            () => StartAndStopAsync(root, root + below),
            Throws.TypeOf<FlightRecorderConfigurationException>().With.Message.Contains("FlightRecorder:Journal:Directory").And.Message.Contains("not below the web root"));
    }

    [Test]
    public async Task A_directory_whose_name_only_begins_like_it_is_fine()
    {
        using var parent = new Tests.Support.JournalDirectory();
        string root = Directory.CreateDirectory(Path.Combine(parent.Path, "public")).FullName;

        await StartAndStopAsync(root, root + "-flight");
    }

    private static async Task StartAndStopAsync(string root, string journal)
    {
        await using TestApp app = await TestApp.StartBareAsync(
            web => web.MapGet("/x", () => "").Record(),
            builder =>
            {
                builder.Environment.WebRootPath = root;
                builder.Services.AddFlightRecorder(options => options.Journal.Directory = journal);
            });
    }
}
