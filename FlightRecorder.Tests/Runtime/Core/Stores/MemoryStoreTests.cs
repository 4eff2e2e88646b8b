namespace FlightRecorder.Tests.Core.Stores;

public class MemoryStoreTests
{
    [Test]
    public async Task The_oldest_make_room_for_new_ones()
    {
        var store = new MemoryStore(3);
        await store.WriteAsync(Lines.Requests(1, 5), default);

        IReadOnlyList<RecordingSummary> list = await store.ListAsync(new RecordingQuery());

        Assert.That(list.Select(head => head.Sequence), Is.EqualTo(new long[] { 5, 4, 3 }));
    }

    [Test]
    public void An_encoded_recording_reads_itself_and_a_foreign_line_is_a_format_error()
    {
        Assert.That(Lines.Request(7).ToRecording().Sequence, Is.EqualTo(7));
        Assert.Throws<FormatException>(() => Lines.Of(1, "{}").ToRecording());
    }
}
