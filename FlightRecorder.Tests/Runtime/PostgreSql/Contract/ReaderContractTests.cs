using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.PostgreSql.Contract;

[TestFixture]
public sealed class MemoryReaderTests : ReaderContract
{
    protected override async Task<IRecordingReader> FillAsync(string[] lines)
    {
        var store = new MemoryStore(1000);
        await store.WriteAsync([.. lines.Select((line, i) => new EncodedRecording { Id = Guid.Empty, Sequence = i, Line = LineBuilder.Bytes(line) })], CancellationToken.None);
        return store;
    }
}

[TestFixture]
public sealed class JournalReaderTests : ReaderContract, IDisposable
{
    private readonly JournalDirectory _journal = new();

    public void Dispose() => _journal.Dispose();

    protected override Task<IRecordingReader> FillAsync(string[] lines)
    {
        _journal.Write("20261120T080000-9f3a11c2d4e5f607-0001.jsonl", LineBuilder.Bytes(lines));
        return Task.FromResult<IRecordingReader>(new JournalReader(_journal.Path));
    }
}

[TestFixture]
public sealed class PostgresReaderTests : ReaderContract
{
    private StoreRig _rig = null!;

    [OneTimeTearDown]
    public async Task CloseAsync() => await _rig.DisposeAsync();

    protected override async Task<IRecordingReader> FillAsync(string[] lines)
    {
        _rig = await StoreRig.CreateAsync();
        await _rig.ShipAsync(lines);
        return _rig.Reader;
    }
}
