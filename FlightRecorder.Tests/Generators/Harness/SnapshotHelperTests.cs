using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Generators.Harness;

internal sealed class SnapshotHelperTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("snapshots").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Without_a_verified_file_it_fails_and_accepts_nothing()
    {
        Assert.That(() => Match("text"), Throws.TypeOf<SnapshotMismatchException>());
        Assert.That(Files(), Is.EqualTo(new[] { "Some.test.received.txt" }));
        Assert.That(() => Match("text"), Throws.TypeOf<SnapshotMismatchException>());
    }

    [Test]
    public void A_difference_leaves_the_verified_file_as_it_is()
    {
        string verified = Path.Combine(_folder, "Some.test.verified.txt");
        File.WriteAllText(verified, "old");
        Assert.That(() => Match("new"), Throws.TypeOf<SnapshotMismatchException>());
        Assert.That(File.ReadAllText(verified), Is.EqualTo("old"));
        Assert.That(File.ReadAllText(Path.Combine(_folder, "Some.test.received.txt")), Is.EqualTo("new"));
    }

    [Test]
    public void An_equal_text_passes_and_removes_what_was_received_before()
    {
        Assert.That(() => Match("text"), Throws.TypeOf<SnapshotMismatchException>());
        File.Move(Path.Combine(_folder, "Some.test.received.txt"), Path.Combine(_folder, "Some.test.verified.txt"));
        File.WriteAllText(Path.Combine(_folder, "Some.test.received.txt"), "stale");
        Assert.That(() => Match("text\r\n"), Throws.Nothing);
        Assert.That(Files(), Is.EqualTo(new[] { "Some.test.verified.txt" }));
    }

    private void Match(string text) => Snapshot.Match(text, Path.Combine(_folder, "Some.cs"), "test");

    private string[] Files() => [.. Directory.GetFiles(_folder).Select(path => Path.GetFileName(path))];
}
