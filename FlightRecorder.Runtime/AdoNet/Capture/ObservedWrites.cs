using System.Data;
using System.Data.Common;

namespace FlightRecorder.AdoNet;

/// <summary>
/// What one run of a command or batch changes: its mutations, their transaction, and the transaction control in its text. An
/// outcome is set only by what was observed.
/// </summary>
internal sealed class ObservedWrites(
    AmbientRecording recording, RecordingSettings settings, ExecutionPlace place, CommandFacts[] commands, object provider, TouchedRows? rows)
{
    private readonly bool _controls = Array.Exists(commands, static command => command.Text.ControlsTransaction);
    private readonly bool _changes = Array.Exists(commands, static command => command.Text.ChangesRows);
    private readonly bool _calls = Array.Exists(commands, static command => command.IsCall);
    private readonly Refusals _refusals = recording.Active.Ledger.Refusals;
    private List<ObservedWrite>? _writes;
    private LedgerTransaction? _transaction;
    private bool _isEntered;

    /// <summary>The rows that its one statement touches; null where they are not read, or no more.</summary>
    public TouchedRows? Rows { get; private set; } = rows;

    private Ledger Ledger => recording.Active.Ledger;

    private int Statements => commands.Sum(static command => command.Statements.Length);

    // Found before its own text may end it.
    private LedgerTransaction? Transaction => _controls && _transaction is { IsOpen: true } found ? found : place.Find(Ledger);

    /// <summary>The last moment before it goes out.</summary>
    public void Look()
    {
        if (_controls)
        {
            recording.Update(this, static writes => writes._transaction = writes.Transaction);
        }
    }

    /// <summary>
    /// The command was carried out so far that a reader opened. Its changes join their transaction now; transaction control waits
    /// until all results were seen.
    /// </summary>
    public void Enter()
    {
        if (_changes && !_controls)
        {
            recording.Update(this, static writes => writes.Join());
        }
    }

    /// <summary>Whether the connection broke away under the reader: closing it then tells nothing.</summary>
    public bool HasLostConnection(bool isExpected) => !isExpected && place.Scope is DbConnection { State: not ConnectionState.Open };

    /// <summary>Whether a server sent an error meanwhile that nobody got: closing a reader hides a time-out.</summary>
    public bool MayHaveFailed => Ledger.Refusals.HasStraySince(_refusals);

    /// <summary>All of it was carried out.</summary>
    /// <param name="rows">The rows affected by all of it; -1 where that is not known.</param>
    /// <param name="batch">The provider's batch, which tells the rows of each command, or null.</param>
    public void Succeeded(long rows, DbBatch? batch)
    {
        if (_changes || _controls || _calls)
        {
            recording.Update((this, rows, batch), static state => state.Item1.Settle(state.rows, state.batch));
        }
    }

    /// <summary>It failed, at once or in a later result.</summary>
    public void Failed(Exception error) => recording.Update((this, error), static state => state.Item1.Fail(state.error));

    /// <summary>Reads the rows as they are now, where the statement went through.</summary>
    public void ReadAfter()
    {
        if (TakeRows(out MutationEntry mutation) is { } touched)
        {
            touched.ReadAfter(mutation.Rows);
            Show(touched, mutation);
        }
    }

    /// <inheritdoc cref="ReadAfter" />
    public async ValueTask ReadAfterAsync()
    {
        if (TakeRows(out MutationEntry mutation) is { } touched)
        {
            await touched.ReadAfterAsync(mutation.Rows).ConfigureAwait(false);
            Show(touched, mutation);
        }
    }

    private TouchedRows? TakeRows(out MutationEntry mutation)
    {
        TouchedRows? touched = _writes is [_] ? Rows : null;
        mutation = touched is null ? null! : _writes![0].Mutation;
        Rows = null;
        return touched;
    }

    private void Show(TouchedRows touched, MutationEntry mutation)
        => recording.Update((touched, mutation), static state => state.touched.Show(state.mutation));

    private void Settle(long rows, DbBatch? batch)
    {
        if (!_isEntered)
        {
            Join();
        }

        _transaction?.StatementSucceeded();
        AddCall(rows);
        foreach (ObservedWrite write in _writes ?? [])
        {
            write.Mutation.Rows = batch is not null ? BatchRows.Of(batch, write.Command) : _writes!.Count == 1 && Statements == 1 ? rows : -1;
            if (write.Transaction is null)
            {
                write.Mutation.Outcome = MutationOutcome.Committed;
            }
        }
    }

    // Statement by statement, so that what stands after a BEGIN belongs to it.
    private void Join()
    {
        _isEntered = true;
        _transaction = Transaction;
        for (int i = 0; i < commands.Length; i++)
        {
            foreach (SqlStatement statement in commands[i].Text.Steps)
            {
                if (statement.ControlsTransaction)
                {
                    Ledger.Run(place.Scope, statement);
                    place.Known?.Note(statement.Verb);
                    _transaction = place.Find(Ledger);
                }
                else if (statement.ChangesRows)
                {
                    Add(i, statement);
                }
            }
        }

        if (place.IsOneShot)
        {
            // The data source takes its connection back, and with it what the text left open.
            Ledger.Forget(place.Scope);
        }
    }

    private void Fail(Exception error)
    {
        FailWrites(error);
        Ledger.Place(error);
        Rows = null;
    }

    private void FailWrites(Exception error)
    {
        if (_controls)
        {
            FailControl(error);
            return;
        }

        if (!_isEntered && !ServerVerdict.WasNotSent(error))
        {
            Join();
        }

        LedgerTransaction? transaction = _isEntered ? _transaction : place.Find(Ledger);
        transaction?.StatementFailed(ServerVerdict.EffectOf(error, provider));
        foreach (ObservedWrite write in _writes ?? [])
        {
            if (write.Transaction is null && IsUndoneWhole(error))
            {
                write.Mutation.Outcome = MutationOutcome.RolledBack;
            }
        }
    }

    private void FailControl(Exception error)
    {
        SqlVerb? alone = Statements == 1 ? commands[0].Statements[0].Verb : null;
        Ledger.RunFailed(place.Scope, Transaction, alone, error, ServerVerdict.EffectOf(error, provider));
        if (alone is null)
        {
            // What the text changed may have been done in any of them, or by itself.
            _transaction = Ledger.Unseen();
            AddAll();
        }
        else if (alone == SqlVerb.Commit && ServerVerdict.IsRefusal(error))
        {
            place.Known?.Note(SqlVerb.Commit);
        }
    }

    private void AddAll()
    {
        for (int i = 0; i < commands.Length; i++)
        {
            foreach (SqlStatement statement in commands[i].Text.Steps)
            {
                if (statement.ChangesRows)
                {
                    Add(i, statement);
                }
            }
        }
    }

    // A batch may have error barriers.
    private bool IsUndoneWhole(Exception error)
        => (Statements == 1 || commands.Length == 1) && ServerVerdict.IsUndoneWhole(error, Statements == 1, provider);

    private void AddCall(long rows)
    {
        if (!_calls)
        {
            return;
        }

        int index = Array.FindIndex(commands, static command => command.IsCall);
        if (rows > 0 && commands.Length == 1)
        {
            Add(index, new SqlStatement(SqlVerb.Call));
        }
        else
        {
            recording.Append(Array.Exists(commands[index].Statements, static statement => statement.IsUnknown) ? Gaps.NotUnderstood : Gaps.Calls);
        }
    }

    private void Add(int command, SqlStatement statement)
    {
        if (recording.Active.Mutations.Length >= settings.MaxMutations)
        {
            recording.Active.LeaveOutMutation();
            return;
        }

        var mutation = new MutationEntry
        {
            Source = "adonet",
            Table = statement.Name,
            Operation = OperationOf(statement.Verb),
            Where = statement.Where?.In(commands[command].Sql).ToString(),
            Sql = commands[command].Sql,
            Parameters = commands[command].Parameters,
            Location = commands[command].Location,
            SetBased = true,
        };
        if (recording.Append(mutation))
        {
            _transaction?.Add(mutation);
            (_writes ??= []).Add(new ObservedWrite(mutation, command, _transaction));
            Rows?.Show(mutation);
        }
    }

    private static string OperationOf(SqlVerb verb) => verb switch
    {
        SqlVerb.Insert => "insert",
        SqlVerb.Upsert => "upsert",
        SqlVerb.Update => "update",
        SqlVerb.Delete => "delete",
        SqlVerb.Merge => "merge",
        SqlVerb.Copy => "copy",
        _ => "sql",
    };

    /// <param name="Mutation">The entry in the recording.</param>
    /// <param name="Command">Which command of the batch made it.</param>
    /// <param name="Transaction">Null where it commits by itself.</param>
    private readonly record struct ObservedWrite(MutationEntry Mutation, int Command, LedgerTransaction? Transaction);
}
