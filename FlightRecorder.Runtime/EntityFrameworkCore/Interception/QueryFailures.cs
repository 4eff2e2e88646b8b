using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// Queries that fail while their rows are read. No interceptor is told of these, only EF Core's diagnostic source is, and without a word
/// of the connection: what is open in the recording may be lost, so a later commit of it proves nothing.
/// </summary>
internal sealed class QueryFailures : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly string IterationFailed = CoreEventId.QueryIterationFailed.Name!;
    private static readonly string Canceled = CoreEventId.QueryCanceled.Name!;

    // For as long as the process lives: EF Core has a source for each of its service providers.
    private static readonly IDisposable Subscription = DiagnosticListener.AllListeners.Subscribe(new QueryFailures());

    /// <summary>Listens from the first call on. Of other events EF Core makes no data on its account, and of none outside a recording.</summary>
    public static void Watch() => _ = Subscription;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            value.Subscribe(this, IsWanted);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (AmbientHolder.Current is { } recording && (value.Key == Canceled || IsOfTheServer((value.Value as IErrorEventData)?.Exception)))
        {
            Guarded.Run(recording, "efcore.query", recording.Active.Ledger, static (recording, ledger)
                => recording.Update(ledger, static ledger => ledger.StatementFailedSomewhere()));
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    // By length first: it is asked of each event of EF Core's.
    private static bool IsWanted(string name)
        => ((name.Length == IterationFailed.Length && name == IterationFailed) || (name.Length == Canceled.Length && name == Canceled))
            && AmbientHolder.Current is not null;

    // What the app's own code throws over a row does no harm to the transaction.
    private static bool IsOfTheServer(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is DbException or OperationCanceledException or TimeoutException or IOException)
            {
                return true;
            }
        }

        return false;
    }
}
