using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// Sees connections close: a transaction begun by SQL text does not live on, and how it ended was not seen. Refuses decorated ones.
/// </summary>
/// <param name="settings">What to record.</param>
/// <param name="shared">That of all contexts of the options, when this one is for a single context.</param>
/// <param name="own">The saves of the only context that it is for; null for any.</param>
internal sealed class ConnectionRecorder(RecordingSettings settings, ConnectionRecorder? shared = null, PendingSaves? own = null) : DbConnectionInterceptor, IRecorderInterceptor
{
    // Whether a connection of these options was looked at and found undecorated.
    private bool _isChecked;

    private bool IsChecked => shared is null ? _isChecked : shared._isChecked;

    public IInterceptor For(PendingSaves saves) => new ConnectionRecorder(settings, shared ?? this, saves);

    /// <summary>Whether nothing is to be done for the next event of a connection, inside the recording or, when it is null, outside.</summary>
    public bool IsIdle(AmbientRecording? recording)
        => IsChecked && (recording is not { } inside || (!settings.CaptureCallSite && !inside.Active.Ledger.HasOpen));

    public override DbConnection ConnectionCreated(ConnectionCreatedEventData eventData, DbConnection result)
    {
        Look(result, eventData);
        return result;
    }

    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Look(connection, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Look(connection, eventData);
        if (settings.CaptureCallSite && AmbientHolder.Current is { } recording)
        {
            Guarded.Run(recording, "efcore.opening", (eventData, own), static (_, state) => CallSites.Opening(state.eventData, state.own));
        }

        return new ValueTask<InterceptionResult>(result);
    }

    public override void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => Forget(connection);

    public override Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        Forget(connection);
        return Task.CompletedTask;
    }

    private void Look(DbConnection connection, DbContextEventData eventData)
    {
        DecoratedConnections.Refuse(connection, eventData.Context);
        (shared ?? this)._isChecked = true;
    }

    private static void Forget(DbConnection connection)
    {
        if (AmbientHolder.Current is { } recording)
        {
            Guarded.Run(recording, "efcore.closed", connection, static (recording, connection) =>
                recording.Update((recording.Active.Ledger, connection), static state => state.Ledger.Forget(state.connection)));
        }
    }
}
