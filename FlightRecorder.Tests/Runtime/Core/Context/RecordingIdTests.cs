namespace FlightRecorder.Tests.Core.Context;

public sealed class RecordingIdTests
{
    [Test]
    public void It_is_a_uuid_of_version_7_that_begins_with_the_time()
    {
        var now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 123, TimeSpan.Zero);
        Guid id = RecordingId.New(now);
        Assert.That((id.Version, id.Variant & 0xC), Is.EqualTo((7, 8)));
        Assert.That(id.ToString("n")[..12], Is.EqualTo(Guid.CreateVersion7(now).ToString("n")[..12]));
    }

    [Test]
    public void Many_of_one_millisecond_differ_on_every_thread()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Guid[] ids = new Guid[20_000];
        Parallel.For(0, ids.Length, i => ids[i] = RecordingId.New(now));
        Assert.That(ids.Distinct().Count(), Is.EqualTo(ids.Length));
    }

    [Test]
    public void Every_part_of_a_large_request_for_random_bytes_is_filled()
    {
        byte[] bytes = new byte[64 * 1024];
        RandomBits.Fill(bytes);
        Assert.That(bytes.Chunk(64).Select(Convert.ToHexString).Distinct().Count(), Is.EqualTo(1024));
        Assert.That(bytes.Chunk(64).Count(chunk => chunk.All(value => value == 0)), Is.Zero);
    }
}
