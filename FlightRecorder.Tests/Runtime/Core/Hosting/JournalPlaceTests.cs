using System.Runtime.Versioning;

namespace FlightRecorder.Tests.Core.Hosting;

/// <summary>The rule for each unusual journal directory, as CONTRACT.md states them.</summary>
[NonParallelizable]
[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
public sealed class JournalPlaceTests
{
    [TestCase("flight", "flight", TestName = "A_relative_directory_lies_below_the_content_root")]
    [TestCase("a/b/c", "a/b/c", TestName = "Parents_that_are_missing_are_made")]
    [TestCase("a/../b/./flight", "b/flight", TestName = "Dots_are_resolved_before_anything_is_made")]
    [TestCase("flight///", "flight", TestName = "Slashes_at_the_end_mean_nothing")]
    [TestCase("my flight/Größe 日本 🛩", "my flight/Größe 日本 🛩", TestName = "Spaces_and_any_script_are_taken_as_they_are")]
    [TestCase("$HOME/%TEMP%", "$HOME/%TEMP%", TestName = "Variables_are_not_expanded")]
    public async Task Lies(string directory, string expected)
    {
        using var rig = new WorkerRig(o => o.Journal.Directory = directory);
        await AssertRecordsToAsync(rig, Path.Combine(rig.Root, expected));
        Assert.That(Directory.GetDirectories(rig.Root), Is.EqualTo(new[] { Path.Combine(rig.Root, expected.Split('/')[0]) }), "nothing else was made");
    }

    [Test]
    public async Task An_absolute_directory_is_taken_as_it_is()
    {
        using var other = new Support.JournalDirectory();
        using var rig = new WorkerRig(o => o.Journal.Directory = other.Path);
        await AssertRecordsToAsync(rig, other.Path);
    }

    [Test]
    public async Task A_directory_may_lie_above_the_content_root()
    {
        using var rig = new WorkerRig(o => o.Journal.Directory = "../beside");
        await AssertRecordsToAsync(rig, Path.Combine(Path.GetDirectoryName(rig.Root)!, "beside"));
    }

    [Test]
    public async Task A_link_to_a_directory_is_followed()
    {
        using var other = new Support.JournalDirectory();
        Directory.CreateDirectory(other.Path);
        using var rig = new WorkerRig(o => o.Journal.Directory = "link");
        Directory.CreateSymbolicLink(Path.Combine(rig.Root, "link"), other.Path);
        await AssertRecordsToAsync(rig, other.Path);
    }

    [Test]
    public void A_link_to_nothing_stops_the_start()
    {
        using var rig = new WorkerRig(o => o.Journal.Directory = "link");
        Directory.CreateSymbolicLink(Path.Combine(rig.Root, "link"), Path.Combine(rig.Root, "missing"));
        AssertRefused(rig, "link", "cannot be written");
    }

    [Test]
    public void A_file_in_its_place_stops_the_start()
    {
        using var rig = new WorkerRig(o => o.Journal.Directory = "flight");
        File.WriteAllText(Path.Combine(rig.Root, "flight"), "mine");
        AssertRefused(rig, Path.Combine(rig.Root, "flight"), "cannot be written");
        Assert.That(File.ReadAllText(Path.Combine(rig.Root, "flight")), Is.EqualTo("mine"));
    }

    [Test]
    public void A_file_among_its_parents_stops_the_start()
    {
        using var rig = new WorkerRig(o => o.Journal.Directory = "file/flight");
        File.WriteAllText(Path.Combine(rig.Root, "file"), "mine");
        AssertRefused(rig, "file/flight", "cannot be written");
    }

    [Test]
    public void A_directory_that_may_not_be_written_stops_the_start()
    {
        using var rig = new WorkerRig(o => o.Journal.Directory = ReadOnlyDirectory());
        AssertRefused(rig, "FlightRecorder:Journal:Directory", "cannot be written");
    }

    [Test]
    public async Task Without_the_boot_check_it_is_one_warning_and_the_app_runs()
    {
        using var rig = new WorkerRig(o => (o.Journal.Directory, o.Journal.BootCheck) = ("flight", false));
        File.WriteAllText(Path.Combine(rig.Root, "flight"), "mine");
        await rig.Worker.StartAsync();
        Flight.Begin("turn").Dispose();
        await rig.Worker.StopAsync();

        Assert.Multiple(() =>
        {
            Assert.That(rig.Log.Of(3), Has.Count.EqualTo(1));
            Assert.That((rig.Counters.Offered, rig.Counters.Stored), Is.EqualTo((1, 0)));
        });
    }

    [TestCase("", "1 to 4096 characters", TestName = "An_empty_directory_is_refused")]
    [TestCase("  ", "not only white space", TestName = "White_space_is_refused")]
    [TestCase("fli\nght", "no control characters", TestName = "Control_characters_are_refused")]
    [TestCase("fli\0ght", "no control characters", TestName = "A_zero_character_is_refused")]
    [TestCase("~/flight", "~ is not expanded", TestName = "A_tilde_is_refused")]
    [TestCase("//server/share", "mount a network share", TestName = "A_network_share_is_refused")]
    [TestCase(@"\\server\share", "mount a network share", TestName = "A_network_share_of_Windows_is_refused")]
    [TestCase("s3://bucket/flight", "a path, not an address", TestName = "An_address_is_refused")]
    [TestCase("file:///var/flight", "a path, not an address", TestName = "A_file_address_is_refused")]
    [TestCase(@"C:\flight", "not a drive of Windows", TestName = "A_drive_of_another_system_is_refused")]
    public void Refused(string directory, string allowed)
    {
        using var rig = new WorkerRig(o => o.Journal.Directory = directory);
        AssertRefused(rig, $"FlightRecorder:Journal:Directory is \"{directory}\"", allowed);
        Assert.That(Directory.GetFileSystemEntries(rig.Root), Is.Empty);
    }

    [Test]
    public async Task It_is_made_for_the_owner_only_and_existing_directories_keep_their_mode()
    {
        using var rig = new WorkerRig(o => o.Journal.Directory = "open/made/flight");
        string open = Path.Combine(rig.Root, "open");
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        const UnixFileMode Wide = Owner | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        Directory.CreateDirectory(open);
        File.SetUnixFileMode(open, Wide);
        await AssertRecordsToAsync(rig, Path.Combine(open, "made", "flight"));

        Assert.Multiple(() =>
        {
            Assert.That(File.GetUnixFileMode(open), Is.EqualTo(Wide));
            Assert.That(File.GetUnixFileMode(Path.Combine(open, "made", "flight")), Is.EqualTo(Owner));
            Assert.That(Directory.GetFiles(Path.Combine(open, "made", "flight")).Select(File.GetUnixFileMode), Has.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        });
    }

    // The superuser may write any directory of a disk, but none of the process file system.
    private static string ReadOnlyDirectory()
    {
        if (Environment.IsPrivilegedProcess)
        {
            return "/proc/self";
        }

        string directory = Directory.CreateTempSubdirectory("flight-readonly-").FullName;
        File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return directory;
    }

    private static async Task AssertRecordsToAsync(WorkerRig rig, string directory)
    {
        await rig.Worker.StartAsync();
        Flight.Begin("turn").Dispose();
        await rig.Worker.StopAsync();
        Assert.That(await rig.OnDiskAsync(directory), Has.Length.EqualTo(1));
    }

    private static void AssertRefused(WorkerRig rig, params string[] words)
    {
        FlightRecorderConfigurationException error = Assert.ThrowsAsync<FlightRecorderConfigurationException>(() => rig.Worker.StartAsync())!;
        Assert.Multiple(() =>
        {
            Assert.That(error.Message, Does.Contain("FlightRecorder:Journal:Directory"));
            foreach (string word in words)
            {
                Assert.That(error.Message, Does.Contain(word));
            }
        });
    }
}
