using System.Text;
using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.PostgreSql.Sending;

public sealed class DeadLetterRetryTests
{
    // What a run notes of itself has no row.
    private const string Note = """
        {"v":1,"run":"9f3a11c2d4e5f607","seq":9,"kind":"note","id":"00000009-19aa-7000-8000-00000000cafe","ts":"2026-11-20T08:00:09.000000Z","durationUs":0,"outcome":"completed","trigger":[],"app":{},"endpoint":{"name":"run stopped"}
        """;

    [Test]
    public async Task Only_what_the_store_has_leaves_the_file_whatever_stands_before_it()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        Directory.CreateDirectory(rig.Folder);
        DeadLetterFile file = rig.DeadLetters;
        file.Add(Bytes(LineBuilder.Seal(Note)), "note");
        file.Add(Bytes(LineBuilder.Request(1, at: DateTimeOffset.UtcNow.AddYears(5))), "future");
        file.Add(Bytes(LineBuilder.Request(2)), "stored");
        var retry = new DeadLetterRetry(file, rig.Connections);

        await retry.SendAsync(file.Read(), CancellationToken.None);

        Assert.That(await rig.SessionsAsync(), Is.EqualTo(1));
        Assert.That(file.Read().Select(letter => letter.Reason), Is.EqualTo(new[] { "note", "future" }));
        Assert.That(retry.Refusals, Has.Count.EqualTo(2).And.Some.Contains("note of a run"));
    }

    private static byte[] Bytes(string line) => Encoding.UTF8.GetBytes(line);
}
