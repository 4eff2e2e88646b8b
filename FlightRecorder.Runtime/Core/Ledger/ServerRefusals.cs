using System.Diagnostics.Metrics;

namespace FlightRecorder;

/// <summary>
/// Hears of every error that a PostgreSQL server sends, whoever gets it: Npgsql counts each one as it comes in, in the flow that reads it.
/// So the ledger learns too what no adapter is told: of a query that fails in the middle of its rows or while its reader closes, of a
/// time-out that closing hides, of an undecorated command on a connection whose transaction it knows.
/// </summary>
/// <remarks>On which connection is not told. What succeeds costs nothing.</remarks>
internal static class ServerRefusals
{
    // For as long as the process lives, as Npgsql's meter does.
    private static readonly MeterListener Listener = Listen();

    /// <summary>Listens from the first call on.</summary>
    public static void Watch() => _ = Listener;

    /// <summary>An error of the recorder's own doing, which it undoes itself.</summary>
    public static void PlaceOwn(Exception error)
    {
        if (AmbientHolder.Current is { } recording)
        {
            recording.Update((recording.Active.Ledger, error), static state => state.Ledger.Place(state.error));
        }
    }

    private static MeterListener Listen()
    {
        var listener = new MeterListener { InstrumentPublished = static (instrument, listener) => Enable(instrument, listener) };
        listener.SetMeasurementEventCallback<int>(static (_, _, _, _) => Seen());
        listener.Start();
        return listener;
    }

    // Npgsql 10, and before.
    private static void Enable(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == "Npgsql" && instrument.Name is ("db.client.operation.failed" or "db.client.commands.failed"))
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    // A recording that the current one began inside of may hold the transaction.
    private static void Seen()
    {
        for (AmbientRecording? current = AmbientHolder.Current; current is { } recording; current = recording.Active.Outer)
        {
            Guarded.Run(recording, "ledger.refusal", recording.Active.Ledger, static (recording, ledger) => recording.Update(ledger, static ledger => ledger.Refused()));
        }
    }
}
