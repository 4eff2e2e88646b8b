using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>One SaveChanges of one context, from its beginning to its end; a retrying execution strategy may run its commands several times.</summary>
internal sealed class PendingSave(AmbientRecording recording, DbContext context, RecordingSettings settings)
{
    private readonly List<RanCommand> _commands = [];
    private SaveSnapshot? _snapshot;
    private LedgerTransaction? _transaction;
    private bool _isUnderWay;
    private bool _hasFailed;
    private int _attempt = 1;

    public AmbientRecording Recording { get; } = recording;

    /// <summary>EF Core began a transaction for this save, which ends with it.</summary>
    private bool _beganTransaction;

    /// <summary>EF Core went back to the savepoint it had made before this save.</summary>
    public bool SavepointRolledBack { get; set; }

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
            _isUnderWay = true;
            _transaction = TransactionLookup.Find(Recording, context, connection);
        }
    }

    /// <summary>The parameters of one of its commands, without what redaction hides in its rows.</summary>
    public NamedValue[]? Parameters(DbCommand command)
        => settings.CaptureParameters ? CommandParameters.Read(command, Recording, value => _snapshot?.Hidden.Hides(value) != false) : null;

    public void Ran(DbCommand command, NamedValue[]? parameters) => _commands.Add(new RanCommand(command.CommandText, parameters));

    public void CommandFailed(DbCommand command, NamedValue[]? parameters)
    {
        _hasFailed = true;
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

        AddMutations(Settlement.Done(_transaction), rows: 1);
    }

    public void Fail(Exception? error)
    {
        _snapshot ??= Snapshot();
        bool isConflict = error is DbUpdateConcurrencyException;
        AddMutations(
            Settlement.Failed(_transaction, new SaveFailure
            {
                WasSent = _isUnderWay,
                EndedItsTransaction = _beganTransaction,
                SavepointRolledBack = SavepointRolledBack,
                IsRefusedWhole = (isConflict || ServerErrors.WasReported(error)) && _commands.Count <= 1,
            }),
            rows: -1);
    }

    private void NextAttempt()
    {
        _attempt++;
        _commands.Clear();
        _isUnderWay = _hasFailed = _beganTransaction = SavepointRolledBack = false;
        _transaction = null;
    }

    private SaveSnapshot Snapshot()
    {
        var snapshot = SaveSnapshot.Take(context, settings, MutationLimit.Left(Recording, settings));
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

    private void AddMutations(Settlement settlement, int rows)
    {
        foreach (RowDraft draft in _snapshot!.Drafts)
        {
            MutationEntry mutation = draft.Finish(_snapshot.Reader);
            mutation.Rows = rows;
            mutation.Attempt = _attempt;
            Attribute(mutation);
            settlement.Add(Recording, mutation);
            if (draft.BeforeIsUnknown)
            {
                Recording.Append(Gaps.AttachedAsModified(mutation));
            }
        }

        if (settings.CaptureCallSite && _snapshot.Drafts.Count > 0)
        {
            Recording.Append(Gaps.NoCallSite);
        }
    }

    // One command carried them all, or the one that names the table; which of several statements in it did is left to the reader.
    private void Attribute(MutationEntry mutation)
    {
        string? table = mutation.Table?[(mutation.Table.LastIndexOf('.') + 1)..];
        RanCommand[] carriers = _commands.Count == 1 || table is null
            ? [.. _commands]
            : [.. _commands.Where(command => command.Sql.Contains(table, StringComparison.Ordinal))];
        if (carriers.Length == 1)
        {
            mutation.Sql = carriers[0].Sql;
            mutation.Parameters = carriers[0].Parameters;
        }
    }

    private readonly record struct RanCommand(string Sql, NamedValue[]? Parameters);
}
