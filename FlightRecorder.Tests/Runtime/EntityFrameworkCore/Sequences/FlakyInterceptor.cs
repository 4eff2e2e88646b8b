using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.Tests.EntityFrameworkCore.Sequences;

/// <summary>Fails the next commands of a save, before they go out or after the server has carried them out.</summary>
internal sealed class FlakyInterceptor : DbCommandInterceptor
{
    public int Failures { get; set; }

    public bool AfterExecution { get; set; }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Fail(eventData, after: false);
        return new ValueTask<InterceptionResult<DbDataReader>>(result);
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (Failures > 0 && AfterExecution)
        {
            await result.DisposeAsync();
        }

        Fail(eventData, after: true);
        return result;
    }

    private void Fail(CommandEventData eventData, bool after)
    {
        if (eventData.CommandSource == CommandSource.SaveChanges && Failures > 0 && AfterExecution == after)
        {
            Failures--;
            throw new TransientException();
        }
    }
}
