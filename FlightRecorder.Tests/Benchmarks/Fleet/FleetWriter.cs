using System.Runtime.InteropServices;

namespace FlightRecorder.Benchmarks.Fleet;

/// <summary>
/// One instance of the fleet: a recorder with its journal and its shipper, recording at a steady rate until standard input ends. What
/// the journal acknowledged it notes in a file of its own, 16 bytes for each recording: those are the ones that must not be lost.
/// </summary>
internal static class FleetWriter
{
    /// <summary>The environment variable with the connection string.</summary>
    public const string StoreVariable = "FLIGHT_FLEET_POSTGRES";

    /// <summary>What the names of the files with acknowledged ids begin with.</summary>
    public const string NotePrefix = "acknowledged-";

    private const int Turns = 20;

    public static string JournalOf(string home) => Path.Combine(home, "flight");

    public static async Task<int> RunAsync(string home, int perSecond)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddFlightRecorderCore(options =>
        {
            options.AppName = "fleet";
            options.Journal.Directory = JournalOf(home);
            options.Journal.MaxTotalBytes = 1L << 40;
        }).UsePostgresStore(Environment.GetEnvironmentVariable(StoreVariable)!);
        using IHost host = builder.Build();
        await host.StartAsync().ConfigureAwait(false);
        Task ended = Task.Run(Console.In.ReadToEndAsync);
        await RecordAsync(host.Services.GetRequiredService<Recorder>(), home, perSecond / Turns, ended).ConfigureAwait(false);
        await host.StopAsync().ConfigureAwait(false);
        return 0;
    }

    private static async Task RecordAsync(Recorder recorder, string home, int perTurn, Task ended)
    {
        using var notes = new FileStream(Path.Combine(home, NotePrefix + Guid.NewGuid().ToString("N")), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        Guid[] ids = new Guid[perTurn];
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / Turns));
        while (!ended.IsCompleted && await timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            for (int i = 0; i < perTurn; i++)
            {
                ids[i] = Record(i);
            }

            await recorder.FlushAsync().ConfigureAwait(false);
            await notes.WriteAsync(MemoryMarshal.AsBytes(ids.AsSpan()).ToArray()).ConfigureAwait(false);
        }
    }

    private static Guid Record(int number)
    {
        using Operation operation = Flight.Begin("fleet turn");
        AmbientRecording recording = Flight.Current!.Value;
        recording.Mark("priced", new string('x', 600));
        recording.Mutation("Order", "insert", key: new Dictionary<string, object?> { ["id"] = number });
        return recording.Id;
    }
}
