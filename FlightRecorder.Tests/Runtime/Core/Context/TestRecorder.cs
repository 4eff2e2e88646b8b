using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Tests.Core.Context;

/// <summary>A recorder over a memory store, and what it settled.</summary>
internal static class TestRecorder
{
    public static async Task<Recorder> StartAsync(Action<ActiveRecording> settling, FlightRecorderOptions? options = null)
    {
        var recorder = new Recorder(options ?? new FlightRecorderOptions(), new MemoryStore(100), NullLogger.Instance) { Settling = settling };
        await recorder.StartAsync(default).ConfigureAwait(false);
        return recorder;
    }
}
