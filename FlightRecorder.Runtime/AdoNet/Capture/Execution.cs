using System.Data;
using System.Data.Common;
using System.Diagnostics;

namespace FlightRecorder.AdoNet;

/// <summary>One run of a command or batch inside a recording, from before it goes out until its result, or its reader's end.</summary>
internal sealed class Execution
{
    private readonly AmbientRecording _recording;
    private readonly CommandFacts[] _commands;
    private readonly ObservedWrites _writes;
    private readonly ConnectionTransactions? _connection;
    private readonly DbBatch? _batch;
    private readonly bool _closesConnection;
    private readonly long _atUs;
    private readonly long _startedAt;
    private bool _isReader;
    private bool _isDone;

    private Execution(
        AmbientRecording recording, RecordingSettings settings, ExecutionPlace place, CommandFacts[] commands, CommandBehavior behavior, object provider)
    {
        _recording = recording;
        _commands = commands;
        _connection = place.Known;
        _batch = provider as DbBatch;
        _closesConnection = behavior.HasFlag(CommandBehavior.CloseConnection);
        _writes = new ObservedWrites(recording, settings, place, commands, provider);
        _atUs = recording.Active.ElapsedUs;
        if (settings.CaptureCallSite)
        {
            recording.Append(Gaps.NoCallSite);
        }

        _startedAt = Stopwatch.GetTimestamp();
    }

    /// <summary>Looks at a command that is about to go out; null outside a recording, or when looking failed.</summary>
    public static Execution? Begin(RecordingCommand command, CommandBehavior behavior)
    {
        if (AmbientHolder.Current is not { } recording)
        {
            command.Decorated?.Transactions.NoteUnrecorded(command.Inner.CommandText);
            return null;
        }

        try
        {
            CommandFacts facts = CommandFacts.Of(command.Inner, behavior, command.Settings);
            return new Execution(recording, command.Settings, command.Place(), [facts], behavior, command.Inner);
        }
        catch (Exception error)
        {
            recording.Active.Recorder.Guard.Report("adonet.begin", error);
            return null;
        }
    }

    /// <inheritdoc cref="Begin(RecordingCommand, CommandBehavior)" />
    public static Execution? Begin(RecordingBatch batch, CommandBehavior behavior)
    {
        if (AmbientHolder.Current is not { } recording)
        {
            return null;
        }

        try
        {
            var commands = new CommandFacts[batch.Inner.BatchCommands.Count];
            for (int i = 0; i < commands.Length; i++)
            {
                commands[i] = CommandFacts.Of(batch.Inner.BatchCommands[i], behavior, batch.Settings);
            }

            return new Execution(recording, batch.Settings, batch.Place(), commands, behavior, batch.Inner);
        }
        catch (Exception error)
        {
            recording.Active.Recorder.Guard.Report("adonet.begin", error);
            return null;
        }
    }

    /// <summary>A result without a reader.</summary>
    /// <param name="rows">The rows affected; -1 where that is not known.</param>
    /// <param name="isScalar">Whether a value was asked for, which may be a read.</param>
    public void Completed(int rows, bool isScalar)
    {
        _isReader = isScalar;
        End(rows, rows, null);
    }

    /// <summary>A reader was handed out: the rest follows when it closes.</summary>
    public void Opened() => Guarded.Run(_recording, "opened", this, static (_, execution) =>
    {
        execution._isReader = true;
        execution._writes.Enter();
        if (execution._connection is { } connection)
        {
            connection.Running = execution;
        }
    });

    /// <summary>The reader was closed.</summary>
    /// <param name="rowsRead">The rows that the app read, or -1.</param>
    /// <param name="reader">The provider's reader, which still tells the rows affected, or null.</param>
    public void Closed(long rowsRead, DbDataReader? reader)
    {
        if (!_isDone)
        {
            End(rowsRead, RowsAffected(reader), null);
        }
    }

    public void Failed(Exception error) => End(-1, -1, error);

    private static int RowsAffected(DbDataReader? reader)
    {
        try
        {
            return reader?.RecordsAffected ?? -1;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return -1;
        }
    }

    private void End(long rowsRead, long rowsAffected, Exception? error)
    {
        if (_isDone)
        {
            return;
        }

        _isDone = true;
        if (_connection is { } connection && ReferenceEquals(connection.Running, this))
        {
            connection.Running = null;
        }

        Guarded.Run(_recording, "end", (this, rowsRead, rowsAffected, error), static (_, state) =>
            state.Item1.Tell(state.rowsRead, state.rowsAffected, state.error));
        if (_closesConnection && _isReader)
        {
            _connection?.Closed();
        }
    }

    private void Tell(long rowsRead, long rowsAffected, Exception? error)
    {
        long durationUs = (long)Stopwatch.GetElapsedTime(_startedAt).TotalMicroseconds;
        for (int i = 0; i < _commands.Length; i++)
        {
            AddEntry(i, durationUs, rowsRead, rowsAffected, error);
        }

        if (error is null)
        {
            _writes.Succeeded(rowsAffected, _batch);
        }
        else
        {
            _writes.Failed(error);
        }
    }

    private void AddEntry(int index, long durationUs, long rowsRead, long rowsAffected, Exception? error)
    {
        CommandFacts command = _commands[index];
        bool isQuery = _isReader && !command.ChangesRows && !command.ControlsTransaction && !command.IsCall;
        _recording.Append(new TimelineEntry
        {
            Type = isQuery ? TimelineTypes.Query : TimelineTypes.Command,
            AtUs = _atUs,
            Detail = _batch is null ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"batch {index + 1} of {_commands.Length}"),
            Sql = command.Sql,
            Parameters = command.Parameters,
            DurationUs = durationUs,
            Rows = Rows(index, isQuery, rowsRead, rowsAffected),
            Error = error?.Message,
        });
    }

    private long Rows(int index, bool isQuery, long rowsRead, long rowsAffected)
    {
        if (_batch is not null && _commands.Length > 1)
        {
            return isQuery ? -1 : BatchRows.Of(_batch, index);
        }

        return isQuery || rowsAffected < 0 ? rowsRead : rowsAffected;
    }
}
