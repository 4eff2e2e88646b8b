using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Sees every command before and after it runs. Never changes one.</summary>
internal sealed class CommandRecorder(RecordingSettings settings) : DbCommandInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Before(eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Before(eventData);
        return new ValueTask<InterceptionResult<DbDataReader>>(result);
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Before(eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Before(eventData);
        return new ValueTask<InterceptionResult<int>>(result);
    }

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        After(eventData, result, rows: -1);
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        After(eventData, result, rows: -1);
        return new ValueTask<DbDataReader>(result);
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        After(eventData, null, rows: result);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        After(eventData, null, rows: result);
        return new ValueTask<int>(result);
    }

    public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result)
    {
        After(eventData, null, rows: -1);
        return result;
    }

    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        After(eventData, null, rows: -1);
        return new ValueTask<object?>(result);
    }

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
            Guarded.Run(recording, "efcore.reader", eventData, static (_, eventData) => CommandTimeline.Disposed(eventData));
        }

        return result;
    }

    private static void Before(CommandEventData eventData)
    {
        if (AmbientHolder.Current is { } recording)
        {
            Guarded.Run(recording, "efcore.executing", eventData, static (recording, eventData) =>
            {
                recording.Starting(eventData.Command.CommandText);
                SaveOf(eventData)?.BeforeCommand(eventData.Connection);
            });
        }
    }

    private void After(CommandExecutedEventData eventData, DbDataReader? reader, long rows)
    {
        if (AmbientHolder.Current is { } recording)
        {
            Guarded.Run(recording, "efcore.executed", (eventData, reader, rows, settings), static (recording, state)
                => new ObservedCommand(recording, state.eventData, state.settings).Succeeded(state.eventData.Duration, state.reader, state.rows));
        }
    }

    private void Failed(CommandEventData eventData, TimeSpan duration, Exception? error)
    {
        if (AmbientHolder.Current is { } recording)
        {
            Guarded.Run(recording, "efcore.failed", (eventData, duration, error, settings), static (recording, state)
                => new ObservedCommand(recording, state.eventData, state.settings).Failed(state.duration, state.error));
        }
    }

    private static PendingSave? SaveOf(CommandEventData eventData) => ObservedCommand.SaveOf(eventData);
}
