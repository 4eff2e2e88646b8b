using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>One SaveChanges of one context, from its beginning to its end; a retrying execution strategy may run its commands several times.</summary>
internal sealed class PendingSave(AmbientRecording recording, DbContext context, RecordingSettings settings, PendingSaves saves)
{
    private readonly CarriedStatements _statements = new();
    private List<MutationEntry>? _mutations;
    private SaveSnapshot? _snapshot;
    private LedgerTransaction? _transaction;
    private bool _isUnderWay;
    private bool _hasFailed;
    private bool _hasRead;
    private Exception? _error;

    // EF Core began a transaction for this save, which ends with it.
    private bool _beganTransaction;
    private int _attempt = 1;

    public AmbientRecording Recording { get; } = recording;

    /// <summary>File and line that called for it, where that is known.</summary>
    public string? Location { get; } = CallSites.OfSave(recording, context, settings);

    /// <summary>The save of the same context that this one runs inside of.</summary>
    public PendingSave? Outer { get; set; }

    /// <summary>EF Core went back to the savepoint it had made before this save.</summary>
    public bool SavepointRolledBack { get; set; }

    /// <summary>A command of this attempt is about to go out, or has.</summary>
    public bool IsUnderWay => _isUnderWay;

    /// <summary>A row to change was not there.</summary>
    public bool HasConflict { get; private set; }

    /// <summary>The timeline entry of the command whose reader is open.</summary>
    public WaitingEntry? Waiting { get; set; }

    public void TransactionBegan()
    {
        if (_isUnderWay)
        {
            NextAttempt();
        }

        _beganTransaction = true;
    }

    /// <summary>The last moment before a command of this save goes out.</summary>
    public void BeforeCommand(DbConnection connection)
    {
        if (_hasFailed)
        {
            NextAttempt();
        }

        _snapshot ??= Snapshot();
        if (!_isUnderWay)
        {
            // In this order: a lookup that fails must not read as no transaction.
            _transaction = TransactionLookup.Find(Recording, context, connection);
            _isUnderWay = true;
        }
    }

    /// <summary>What has to be read from the database before the save goes on, or null; once.</summary>
    public AttachedReads? TakeReads()
    {
        if (_hasRead || _snapshot is not { HasAttached: true } snapshot)
        {
            return null;
        }

        _hasRead = true;
        return new AttachedReads(Recording, context, snapshot.Drafts, _transaction, settings.BeforeRowLimit);
    }

    /// <summary>The parameters of one of its commands, without what redaction hides in its rows.</summary>
    public NamedValue[]? Parameters(DbCommand command)
        => settings.CaptureParameters ? ShownParameters.Of(command, Recording, _snapshot, static (snapshot, _, value) => snapshot?.Hidden.Hides(value) != false) : null;

    public void Ran(DbCommand command, NamedValue[]? parameters) => _statements.Add(command, parameters, isForOne: _snapshot?.Drafts.Count <= 1);

    public void CommandFailed(DbCommand command, NamedValue[]? parameters, Exception? error)
    {
        _hasFailed = true;
        _error = error;
        Ran(command, parameters);
    }

    public void Complete(int saved)
    {
        if (_snapshot is null)
        {
            if (saved > 0)
            {
                Recording.Append(new GapEntry("mutations", "the commands of a save were not seen"));
            }

            return;
        }

        if (_transaction is { IsDoomed: true } alive)
        {
            Recording.Update(alive, static alive => alive.StatementSucceeded());
        }

        EndWith(_isUnderWay ? Settlement.Done(_transaction) : Settlement.Unknown, rows: 1);
    }

    /// <summary>A row to change was not there. Nothing more is heard of the save, unless the app's interceptor lets it go on.</summary>
    public void Conflict()
    {
        HasConflict = true;
        End(isRefused: true);
    }

    public void Fail(Exception? error)
    {
        // A later statement of a command fails while EF Core reads the results, and no event of the command tells of it.
        if (_isUnderWay && !_hasFailed && !SavepointRolledBack && error is not DbUpdateConcurrencyException)
        {
            FailureEffect effect = ServerVerdict.EffectOf(error, context.GetService<IRelationalConnection>().DbConnection);
            Recording.Update((_transaction, effect), static state => state._transaction?.StatementFailed(state.effect));
        }

        Recording.Update((Recording.Active.Ledger, error), static state => state.Ledger.Place(state.error));

        End(ServerVerdict.IsRefusal(error));
    }

    private void End(bool isRefused)
    {
        _snapshot ??= Snapshot();
        EndWith(Failed(isRefused), rows: -1);
    }

    private Settlement Failed(bool isRefused) => Settlement.Failed(_transaction, new SaveFailure
    {
        WasSent = _isUnderWay,
        EndedItsTransaction = _beganTransaction,
        SavepointRolledBack = SavepointRolledBack,
        IsRefusedWhole = isRefused && _statements.Commands <= 1 && (_transaction is null || !HasConflict),
    });

    // What surely was undone is one change with this attempt; what may have been done stays as a change of its own.
    private void NextAttempt()
    {
        Settlement earlier = Failed(ServerVerdict.IsRefusal(_error));
        if (_snapshot is not null && !earlier.IsUndone)
        {
            EndWith(earlier, rows: -1);
            _mutations = null;
            Recording.Append(Gaps.MayBeDoneTwice);
        }

        _attempt++;
        _statements.Clear();
        _isUnderWay = _hasFailed = _beganTransaction = SavepointRolledBack = false;
        _transaction = null;
        _error = null;
    }

    private SaveSnapshot Snapshot()
    {
        var snapshot = SaveSnapshot.Take(context, settings, settings.CaptureBefore ? saves.Attached : null, MutationLimit.Left(Recording, settings));
        if (snapshot.HasUnmarked)
        {
            Recording.Append(Gaps.Unmarked(context));
        }

        if (snapshot.Beyond is { } beyond)
        {
            Recording.Append(new GapEntry("mutations", beyond));
        }

        return snapshot;
    }

    private void EndWith(Settlement settlement, int rows)
    {
        if (_mutations is { Count: > 0 } told)
        {
            ChangeMutations(told, settlement, rows);
            return;
        }

        foreach (RowDraft draft in _snapshot!.Drafts)
        {
            AddMutation(draft, settlement, rows);
        }
    }

    private void AddMutation(RowDraft draft, Settlement settlement, int rows)
    {
        MutationEntry mutation = draft.Finish(_snapshot!.Reader);
        mutation.Rows = rows;
        mutation.Attempt = _attempt;
        mutation.Location = Location;
        if (_statements.Take(draft) is { } statement)
        {
            mutation.Sql = statement.Sql;
            mutation.Parameters = statement.Parameters;
        }

        (_mutations ??= new List<MutationEntry>(_snapshot.Drafts.Count)).Add(Tell(mutation, draft.Plan, settlement));
        AddGaps(draft, wasDone: rows > 0);
    }

    private MutationEntry Tell(MutationEntry mutation, EntityPlan plan, Settlement settlement)
    {
        StrategyAttempts? attempts = StrategyAttempts.Current(Recording);
        if (attempts?.Take(mutation, plan) is { } earlier)
        {
            mutation.Attempt += earlier.Attempt;
            if (earlier.Outcome == MutationOutcome.RolledBack)
            {
                Repeat(earlier, mutation);
                settlement.Again(Recording, earlier);
                attempts.Add(earlier, plan);
                return earlier;
            }
        }

        settlement.Add(Recording, mutation);
        attempts?.Add(mutation, plan);
        return mutation;
    }

    private void Repeat(MutationEntry earlier, MutationEntry again) => Recording.Update((earlier, again), static state =>
    {
        state.earlier.Key = state.again.Key;
        state.earlier.Before = state.again.Before;
        state.earlier.After = state.again.After;
        state.earlier.Sql = state.again.Sql;
        state.earlier.Parameters = state.again.Parameters;
        state.earlier.Rows = state.again.Rows;
        state.earlier.Attempt = state.again.Attempt;
    });

    private void AddGaps(RowDraft draft, bool wasDone)
    {
        if (draft.IsAttached && (draft.BeforeGap is not null || draft.Before is null))
        {
            Recording.Append(draft.BeforeGap ?? Gaps.Attached(draft.Plan.Model));
        }

        if (wasDone && draft.IsDeleted && draft.Plan.Cascades is { } dependents)
        {
            Recording.Append(Gaps.Cascades(draft.Plan.Model, dependents));
        }
    }

    // After a conflict that was suppressed: told again, better.
    private void ChangeMutations(List<MutationEntry> told, Settlement settlement, int rows)
    {
        for (int i = 0; i < told.Count; i++)
        {
            MutationEntry mutation = told[i];
            MutationEntry again = _snapshot!.Drafts[i].Finish(_snapshot.Reader);
            Recording.Update((mutation, again, rows), static state =>
            {
                state.mutation.Key = state.again.Key;
                state.mutation.After = state.again.After;
                state.mutation.Rows = state.rows;
            });
            settlement.Change(Recording, mutation);
        }
    }
}
