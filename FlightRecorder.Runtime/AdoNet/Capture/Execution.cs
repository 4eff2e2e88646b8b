using System.Data;
using System.Data.Common;

namespace FlightRecorder.AdoNet;

/// <summary>One run of a command or batch inside a recording, from before it goes out until its result, or its reader's end.</summary>
internal sealed class Execution
{
    private readonly AmbientRecording _recording;
    private readonly IExecutable _source;

    // One command is held without an array.
    private readonly CommandFacts _single;
    private readonly CommandFacts[]? _several;
    private readonly bool _closesConnection;
    private long _atUs;

    // Null while nothing but reads is known of; a read that fails may take a transaction down, and gets one then.
    private ObservedWrites? _writes;
    private bool _isReader;
    private bool _isDone;
    private bool _isCancelled;

    private Execution(AmbientRecording recording, IExecutable source, CommandFacts single, CommandFacts[]? several, CommandBehavior behavior)
    {
        _recording = recording;
        _source = source;
        _single = single;
        _several = several;
        _closesConnection = behavior.HasFlag(CommandBehavior.CloseConnection);
        bool onlyReads = several is null ? single.OnlyReads : Array.TrueForAll(several, static command => command.OnlyReads);
        _writes = onlyReads ? null : Observe();
        _atUs = recording.Active.ElapsedUs;
        foreach (ref readonly CommandFacts command in Commands)
        {
            recording.Starting(command.Sql);
        }
    }

    /// <summary>It writes, and the rows that it touches are read before and after it.</summary>
    public bool ReadsRows => _writes?.Rows is not null;

    private ReadOnlySpan<CommandFacts> Commands => _several is null ? new ReadOnlySpan<CommandFacts>(in _single) : _several;

    private DbBatch? Batch => _source.Provider as DbBatch;

    /// <summary>Looks at a command that is about to go out; null outside a recording, or when looking failed.</summary>
    public static Execution? Begin(RecordingCommand command, CommandBehavior behavior)
    {
        if (AmbientHolder.Current is not { } recording)
        {
            command.Transactions?.NoteUnrecorded(command.Inner.CommandText);
            return null;
        }

        try
        {
            CommandFacts facts = CommandFacts.Of(command.Inner, behavior, command.Settings);
            return new Execution(recording, command, command.Settings.CaptureCallSite ? Called.For(facts, recording, command) : facts, null, behavior);
        }
        catch (Exception error)
        {
            Guarded.Failed(recording, "adonet.begin", error);
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

            if (batch.Settings.CaptureCallSite)
            {
                Called.For(commands, recording);
            }

            return new Execution(recording, batch, default, commands, behavior);
        }
        catch (Exception error)
        {
            Guarded.Failed(recording, "adonet.begin", error);
            return null;
        }
    }

    /// <summary>Reads the rows that it is about to touch.</summary>
    public void ReadBefore()
    {
        if (_writes?.Rows is { } rows)
        {
            rows.ReadBefore();
            _atUs = _recording.Active.ElapsedUs;
        }
    }

    /// <inheritdoc cref="ReadBefore" />
    public async ValueTask ReadBeforeAsync(CancellationToken token)
    {
        if (_writes?.Rows is { } rows)
        {
            await rows.ReadBeforeAsync(token).ConfigureAwait(false);
            _atUs = _recording.Active.ElapsedUs;
        }
    }

    /// <summary>Reads the rows that it touched, once it is over and went through.</summary>
    public void ReadAfter() => _writes?.ReadAfter();

    /// <inheritdoc cref="ReadAfter" />
    public ValueTask ReadAfterAsync() => _writes?.ReadAfterAsync() ?? default;

    /// <summary>A result without a reader.</summary>
    /// <param name="rows">The rows affected; -1 where that is not known.</param>
    /// <param name="isScalar">Whether a value was asked for, which may be a read.</param>
    public void Completed(int rows, bool isScalar)
    {
        _isReader = isScalar;
        End(rows, rows, null);
    }

    /// <summary>A reader was handed out: the rest follows when it closes.</summary>
    public void Opened()
    {
        _isReader = true;
        if (_source.Transactions is { } connection)
        {
            connection.Running = this;
        }

        if (_writes is not null)
        {
            Guarded.Run(_recording, "adonet.opened", _writes, static (_, writes) => writes.Enter());
        }
    }

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

    /// <summary>The app asked the provider to cancel it. A reader closed after that may hide that the server did.</summary>
    public void Cancelled() => _isCancelled = true;

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
        if (_source.Transactions is { } connection && ReferenceEquals(connection.Running, this))
        {
            connection.Running = null;
        }

        try
        {
            Tell(rowsRead, rowsAffected, error);
        }
        catch (Exception fault)
        {
            Guarded.Failed(_recording, "adonet.end", fault);
        }

        if (_closesConnection && _isReader)
        {
            _source.Transactions?.Closed();
        }
    }

    private ObservedWrites Observe()
    {
        ExecutionPlace place = _source.Place();
        if (place.Joined is { } ambient)
        {
            AmbientTransactions.Follow(_recording, ambient);
        }

        CommandFacts[] commands = _several ?? [_single];
        TouchedRows? rows = _isDone ? null : WrittenRows.Plan(_recording, _source, commands, place);
        var writes = new ObservedWrites(_recording, _source.Settings, place, commands, _source.Provider, rows);
        writes.Look();
        return writes;
    }

    private void Tell(long rowsRead, long rowsAffected, Exception? error)
    {
        long durationUs = Math.Max(0, _recording.Active.ElapsedUs - _atUs);
        for (int i = 0; i < Commands.Length; i++)
        {
            AddEntry(i, durationUs, rowsRead, rowsAffected, error);
        }

        bool wasSeenThrough = !_isReader || (!_isCancelled && _writes?.MayHaveFailed != true && _writes?.HasLostConnection(_closesConnection) != true);
        if (error is null && wasSeenThrough)
        {
            _writes?.Succeeded(rowsAffected, Batch);
        }
        else
        {
            (_writes ??= Observe()).Failed(error ?? new OperationCanceledException());
        }
    }

    private void AddEntry(int index, long durationUs, long rowsRead, long rowsAffected, Exception? error)
    {
        CommandFacts command = Commands[index];
        bool isQuery = _isReader && command.OnlyReads;
        _recording.Append(new TimelineEntry
        {
            Type = isQuery ? TimelineTypes.Query : TimelineTypes.Command,
            AtUs = _atUs,
            Detail = Batch is null ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"batch {index + 1} of {Commands.Length}"),
            Sql = command.Sql,
            Parameters = command.Parameters,
            Location = command.Location,
            DurationUs = durationUs,
            Rows = Rows(index, isQuery, rowsRead, rowsAffected),
            Error = error?.Message,
        });
        if (command.Text.MayChange)
        {
            _recording.Append(Gaps.MayChange);
        }
    }

    private long Rows(int index, bool isQuery, long rowsRead, long rowsAffected)
    {
        if (Commands.Length > 1 && Batch is { } batch)
        {
            return isQuery ? -1 : BatchRows.Of(batch, index);
        }

        return isQuery || rowsAffected < 0 ? rowsRead : rowsAffected;
    }
}
