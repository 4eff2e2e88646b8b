using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// Reads the rows that a save is about to change and that no query read: by EF Core itself, one by its key at a time, over the
/// context's own connection and in its transaction, where a savepoint of our own keeps a failure away from the app's work.
/// </summary>
internal sealed class AttachedReads(AmbientRecording recording, DbContext context, IReadOnlyList<RowDraft> drafts, LedgerTransaction? transaction, int limit)
{
    private const string Savepoint = "flight_recorder_before";

    private readonly DbTransaction? _current = context.GetService<IRelationalConnection>().CurrentTransaction?.GetDbTransaction();

    private IEnumerable<RowDraft> Wanted => drafts.Where(static draft => draft.IsAttached).Take(limit);

    // A read that fails takes a transaction of PostgreSQL with it, and one that isolates more than read committed may fail for a read too
    // many. Where none is known, each command stands alone.
    private bool IsSafe => transaction is null
        || _current is { SupportsSavepoints: true, IsolationLevel: IsolationLevel.ReadCommitted or IsolationLevel.ReadUncommitted or IsolationLevel.Unspecified };

    public void Run()
    {
        if (!Begins())
        {
            return;
        }

        AmbientHolder? holder = AmbientHolder.CurrentHolder;
        AmbientHolder.Restore(null);
        try
        {
            Read();
        }
        catch (Exception error)
        {
            Fail(error);
        }
        finally
        {
            AmbientHolder.Restore(holder);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!Begins())
        {
            return;
        }

        // Nothing of it is the app's: neither in the timeline nor in anybody's recording.
        AmbientHolder? holder = AmbientHolder.CurrentHolder;
        AmbientHolder.Restore(null);
        try
        {
            await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Fail(error);
        }
        finally
        {
            AmbientHolder.Restore(holder);
        }
    }

    private bool Begins()
    {
        GapEntry? gap = IsSafe ? Gaps.AttachedBeyond : Gaps.AttachedUnsafe;
        foreach (RowDraft draft in drafts.Where(static draft => draft.IsAttached))
        {
            draft.BeforeGap = gap;
        }

        return IsSafe && limit > 0;
    }

    private void Read()
    {
        _current?.Save(Savepoint);
        try
        {
            foreach (RowDraft draft in Wanted)
            {
                Take(draft, draft.Row.Entry.GetDatabaseValues());
            }
        }
        catch
        {
            _current?.Rollback(Savepoint);
            throw;
        }

        _current?.Release(Savepoint);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (_current is not null)
        {
            await _current.SaveAsync(Savepoint, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            foreach (RowDraft draft in Wanted)
            {
                Take(draft, await draft.Row.Entry.GetDatabaseValuesAsync(cancellationToken).ConfigureAwait(false));
            }
        }
        catch
        {
            // Not with the app's token: what was begun must be undone.
            await (_current?.RollbackAsync(Savepoint, CancellationToken.None) ?? Task.CompletedTask).ConfigureAwait(false);
            throw;
        }

        await (_current?.ReleaseAsync(Savepoint, CancellationToken.None) ?? Task.CompletedTask).ConfigureAwait(false);
    }

    private static void Take(RowDraft draft, PropertyValues? values)
    {
        draft.Before = values is null ? null : DatabaseRow.Read(values, draft.Plan);
        draft.BeforeGap = values is null ? Gaps.AttachedMissing(draft.Plan.Model) : DatabaseRow.IsWhole(draft.Plan) ? null : Gaps.AttachedPartly(draft.Plan.Model);
    }

    private void Fail(Exception error)
    {
        foreach (RowDraft draft in Wanted.Where(static draft => draft.Before is null))
        {
            draft.BeforeGap = Gaps.AttachedFailed(draft.Plan.Model, error);
        }

        if (error is not (DbException or OperationCanceledException))
        {
            recording.Active.Recorder.Guard.Report("efcore.before", error);
        }
    }
}
