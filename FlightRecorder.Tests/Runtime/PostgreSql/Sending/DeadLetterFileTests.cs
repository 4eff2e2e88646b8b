using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.PostgreSql.Sending;

public sealed class DeadLetterFileTests
{
    private const string LaterVersion = """{"v":2,"id":"00000002-19aa-7000-8000-00000000cafe","kind":"request" """;

    [Test]
    public async Task A_letter_behind_a_torn_one_can_be_read()
    {
        await using StoreRig rig = Rig();
        rig.DeadLetters.Add("{}"u8, "first");
        await File.AppendAllTextAsync(rig.DeadLetters.Path, """{"at":"2026-11-20T08:00:00.000000Z","reason":"torn","line":{""");

        rig.DeadLetters.Add("{}"u8, "third");

        Assert.That(rig.DeadLetters.Read().Select(letter => letter.Reason), Is.EqualTo(new[] { "first", "third" }));
    }

    [Test]
    public async Task Letters_are_taken_out_by_what_they_are_not_by_where_they_stand()
    {
        await using StoreRig rig = Rig();
        rig.DeadLetters.Add("{}"u8, "first");
        rig.DeadLetters.Add("{}"u8, "second");
        var going = rig.DeadLetters.Read().Take(1).ToHashSet();
        rig.DeadLetters.Add("{}"u8, "third");

        Assert.That(rig.DeadLetters.Remove(going), Is.EqualTo(1));
        Assert.That(rig.DeadLetters.Remove(going), Is.Zero);

        Assert.That(rig.DeadLetters.Read().Select(letter => letter.Reason), Is.EqualTo(new[] { "second", "third" }));
    }

    [Test]
    public async Task When_a_letter_cannot_be_kept_nothing_of_its_batch_is_lost()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        rig.Journal.Write(
            "20261120T080000-9f3a11c2d4e5f607-0001.jsonl", LineBuilder.Bytes(LineBuilder.Request(1), LineBuilder.Seal(LaterVersion.TrimEnd()), LineBuilder.Request(3)));
        Directory.CreateDirectory(rig.Folder);
        Shipper shipper = rig.NewShipper();
        using (PrivateFiles.Lock(Path.Combine(rig.Folder, "dead-letter.lock")))
        {
            Assert.That(await shipper.TryShipAsync(CancellationToken.None), Is.False);
        }

        Assert.That(await shipper.TryShipAsync(CancellationToken.None), Is.True, shipper.State.Trouble);

        Assert.That(await rig.SessionsAsync(), Is.EqualTo(2));
        Assert.That(rig.DeadLetters.Read(), Has.Count.EqualTo(1));
    }

    private static StoreRig Rig()
    {
        StoreRig rig = StoreRig.Over("Host=127.0.0.1;Port=1;Username=u;Database=d;Timeout=2");
        Directory.CreateDirectory(rig.Folder);
        return rig;
    }
}
