using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// Knows which entities were read and which only attached, and reads the rows of the latter before a save changes them. After
/// <see cref="CommandRecorder"/>, and only where values before are wanted.
/// </summary>
/// <param name="own">The saves of the only context that it is for; null for any.</param>
internal sealed class AttachedRecorder(PendingSaves? own = null) : DbCommandInterceptor, IRecorderInterceptor
{
    public IInterceptor For(PendingSaves saves) => new AttachedRecorder(saves);

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Reads(eventData, result.HasResult)?.Run();
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        => RunAsync(Reads(eventData, result.HasResult), result, cancellationToken);

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Reads(eventData, result.HasResult)?.Run();
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        => RunAsync(Reads(eventData, result.HasResult), result, cancellationToken);

    private static ValueTask<T> RunAsync<T>(AttachedReads? reads, T result, CancellationToken cancellationToken)
    {
        return reads is null ? new ValueTask<T>(result) : ReadAsync(reads, result, cancellationToken);

        static async ValueTask<T> ReadAsync(AttachedReads reads, T result, CancellationToken cancellationToken)
        {
            await reads.RunAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
    }

    private AttachedReads? Reads(CommandEventData eventData, bool isSuppressed)
    {
        if (AmbientHolder.Current is not { } recording || eventData.Context is not { } context)
        {
            return null;
        }

        if (eventData.CommandSource is CommandSource.LinqQuery or CommandSource.FromSqlQuery)
        {
            // Before the first rows come in: what is tracked otherwise was not read.
            Guarded.Run(recording, "efcore.tracked", (context, own), static (_, state) => (state.own ?? PendingSaves.Of(state.context)).Attached.Watch(state.context));
        }

        return isSuppressed ? null : PendingSaves.SaveOf(own, eventData)?.TakeReads();
    }
}
