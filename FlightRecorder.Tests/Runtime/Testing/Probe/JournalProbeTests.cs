using FlightRecorder.Tests.Testing.Support;

namespace FlightRecorder.Tests.Testing.Probe;

/// <summary>A journal read from outside, as that of an app in another process.</summary>
public sealed class JournalProbeTests
{
    [Test]
    public async Task The_recordings_of_a_test_are_found_in_a_journal()
    {
        string directory = Path.Combine(Directory.CreateTempSubdirectory("flight-probe-").FullName, "journal");
        using RecordingProbe probe = RecordingProbe.ForJournal(directory);
        await using (TestApp app = await TestApp.StartAsync(
            app => app.MapGet("/things/{id:int}", [Record] (int id) => new { id }), options => options.Journal.Directory = directory, _ => { }))
        {
            using HttpClient client = app.Client(probe);
            using HttpResponseMessage response = await client.GetAsync("/things/3");
            Assert.That((await probe.SingleAsync(response)).Request!.Path, Is.EqualTo("/things/3"));
        }

        Directory.Delete(Path.GetDirectoryName(directory)!, recursive: true);
    }

    [Test]
    public void A_journal_that_is_missing_is_named_in_the_failure()
    {
        using RecordingProbe probe = RecordingProbe.ForJournal("/nowhere/at/all");
        probe.Deadline = TimeSpan.FromMilliseconds(20);
        Assert.That(() => probe.SingleAsync(), Throws.TypeOf<RecordingProbeException>().With.Message.Contains("does not exist"));
    }
}
