using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.Tests.EntityFrameworkCore.Model;

/// <summary>Saves a voucher of its own after the first save of a context, with the same context.</summary>
internal sealed class AuditingInterceptor : SaveChangesInterceptor
{
    private bool _done;

    public override async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (!_done)
        {
            _done = true;
            eventData.Context!.Add(new Voucher { Code = "audit" });
            await eventData.Context.SaveChangesAsync(cancellationToken);
        }

        return result;
    }
}
