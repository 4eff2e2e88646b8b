using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Sees every command before and after it runs. Never changes one.</summary>
/// <param name="settings">What to record.</param>
/// <param name="own">The saves of the only context that it is for; null for any.</param>
internal sealed class CommandRecorder(RecordingSettings settings, PendingSaves? own = null) : DbCommandInterceptor, IRecorderInterceptor
{
    public IInterceptor For(PendingSaves saves) => new CommandRecorder(settings, saves);

    // Here the caller is still on the stack: what follows may wait for a connection first.
    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
    {
        if (settings.CaptureCallSite && AmbientHolder.Current is { } recording)
        {
            Guarded.Run(recording, "efcore.initialized", eventData, static (recording, eventData) => CallSites.Note(recording, eventData));
        }

        return result;
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Before(eventData, result.HasResult)?.ReadBefore();
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        => ReadBeforeAsync(Before(eventData, result.HasResult), result, cancellationToken);

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Before(eventData, result.HasResult)?.ReadBefore();
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        => ReadBeforeAsync(Before(eventData, result.HasResult), result, cancellationToken);

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Before(eventData, result.HasResult)?.ReadBefore();
        return result;
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
        => ReadBeforeAsync(Before(eventData, result.HasResult), result, cancellationToken);

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        After(eventData, result, rows: -1)?.LeaveAfter();
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        After(eventData, result, rows: -1)?.LeaveAfter();
        return new ValueTask<DbDataReader>(result);
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        After(eventData, null, rows: result)?.ReadAfter();
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
        => ReadAfterAsync(After(eventData, null, rows: result), result);

    public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result)
    {
        After(eventData, null, rows: -1)?.ReadAfter();
        return result;
    }

    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
        => ReadAfterAsync(After(eventData, null, rows: -1), result);

    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => Failed(eventData, eventData.Duration, eventData.Exception);

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Failed(eventData, eventData.Duration, eventData.Exception);
        return Task.CompletedTask;
    }

    public override void CommandCanceled(DbCommand command, CommandEndEventData eventData) => Failed(eventData, eventData.Duration, null);

    public override Task CommandCanceledAsync(DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Failed(eventData, eventData.Duration, null);
        return Task.CompletedTask;
    }

    public override InterceptionResult DataReaderDisposing(DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
    {
        if (AmbientHolder.Current is { } recording)
        {
            Guarded.Run(recording, "efcore.reader", (eventData, own), static (_, state) => CommandTimeline.Disposed(state.eventData, state.own));
        }

        return result;
    }

    // Without rows to read nothing is awaited, and nothing allocated.
    private static ValueTask<InterceptionResult<T>> ReadBeforeAsync<T>(SetBasedRows? touched, InterceptionResult<T> result, CancellationToken token)
    {
        return touched is null ? new ValueTask<InterceptionResult<T>>(result) : ReadAsync(touched, result, token);

        static async ValueTask<InterceptionResult<T>> ReadAsync(SetBasedRows touched, InterceptionResult<T> result, CancellationToken token)
        {
            await touched.ReadBeforeAsync(token).ConfigureAwait(false);
            return result;
        }
    }

    private static ValueTask<T> ReadAfterAsync<T>(SetBasedRows? touched, T result)
    {
        return touched is null ? new ValueTask<T>(result) : ReadAsync(touched, result);

        static async ValueTask<T> ReadAsync(SetBasedRows touched, T result)
        {
            await touched.ReadAfterAsync().ConfigureAwait(false);
            return result;
        }
    }

    private SetBasedRows? Before(CommandEventData eventData, bool isSuppressed)
    {
        if (AmbientHolder.Current is not { } recording)
        {
            return null;
        }

        DecoratedConnections.Refuse(eventData.Connection, eventData.Context);
        Guarded.Run(recording, "efcore.executing", (eventData, own), static (recording, state) =>
        {
            recording.Starting(state.eventData.Command.CommandText);
            if (recording.Active.Ledger.HasOpen)
            {
                Look(recording, state.eventData);
            }

            PendingSaves.SaveOf(state.own, state.eventData)?.BeforeCommand(state.eventData.Connection);
        });
        return isSuppressed ? null : Plan(recording, eventData);
    }

    // What earlier writes over the connection had to answer was read; and a text that ends a transaction ends one that is open by now.
    private static void Look(AmbientRecording recording, CommandEventData eventData)
    {
        bool controls = SetBasedStatements.Concern(eventData.CommandSource) && SqlTextCache.Read(eventData.Command.CommandText).ControlsTransaction;
        if (controls || recording.Active.Ledger.HasUnread)
        {
            recording.Update((recording.Active.Ledger, eventData.Connection), static state =>
            {
                state.Ledger.HasRead(state.Connection);
                state.Ledger.Live(state.Connection);
            });
        }
    }

    private SetBasedRows? Plan(AmbientRecording recording, CommandEventData eventData)
    {
        try
        {
            return SetBasedRows.Plan(recording, eventData, settings);
        }
        catch (Exception error)
        {
            Guarded.Failed(recording, "efcore.rows", error);
            return null;
        }
    }

    private SetBasedRows? After(CommandExecutedEventData eventData, DbDataReader? reader, long rows)
    {
        if (AmbientHolder.Current is not { } recording)
        {
            return null;
        }

        SetBasedRows? touched = SetBasedRows.Take(eventData);
        Guarded.Run(recording, "efcore.executed", (eventData, reader, rows, settings, own, touched), static (recording, state)
            => new ObservedCommand(recording, state.eventData, state.settings, PendingSaves.SaveOf(state.own, state.eventData), state.touched)
                .Succeeded(state.eventData.Duration, state.reader, state.rows));
        return touched;
    }

    private void Failed(CommandEventData eventData, TimeSpan duration, Exception? error)
    {
        if (AmbientHolder.Current is { } recording)
        {
            Guarded.Run(recording, "efcore.failed", (eventData, duration, error, settings, own), static (recording, state)
                => new ObservedCommand(recording, state.eventData, state.settings, PendingSaves.SaveOf(state.own, state.eventData), SetBasedRows.Take(state.eventData))
                    .Failed(state.duration, state.error));
        }
    }
}
