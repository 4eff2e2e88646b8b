using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Follows each SaveChanges from its beginning to its end.</summary>
/// <param name="settings">What to record.</param>
/// <param name="own">The saves of the only context that it is for; null for any.</param>
internal sealed class SaveRecorder(RecordingSettings settings, PendingSaves? own = null) : SaveChangesInterceptor, IRecorderInterceptor
{
    public IInterceptor For(PendingSaves saves) => new SaveRecorder(settings, saves);

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Begin(eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Begin(eventData);
        return new ValueTask<InterceptionResult<int>>(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Complete(eventData);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Complete(eventData);
        return new ValueTask<int>(result);
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Fail(eventData, eventData.Exception);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Fail(eventData, eventData.Exception);
        return Task.CompletedTask;
    }

    public override void SaveChangesCanceled(DbContextEventData eventData) => Fail(eventData, null);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        Fail(eventData, null);
        return Task.CompletedTask;
    }

    // A conflict raises no SaveChangesFailed; another interceptor may still suppress the exception, and the save then goes on.
    public override InterceptionResult ThrowingConcurrencyException(ConcurrencyExceptionEventData eventData, InterceptionResult result)
    {
        Conflict(eventData);
        return result;
    }

    public override ValueTask<InterceptionResult> ThrowingConcurrencyExceptionAsync(
        ConcurrencyExceptionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Conflict(eventData);
        return new ValueTask<InterceptionResult>(result);
    }

    private void Conflict(DbContextEventData eventData)
    {
        if (AmbientHolder.Current is { } recording)
        {
            Guarded.Run(recording, "efcore.conflict", (eventData.Context, own), static (_, state) =>
            {
                if (state.Context is { } context)
                {
                    (state.own ?? PendingSaves.Of(context)).Current?.Conflict();
                }
            });
        }
    }

    private void Begin(DbContextEventData eventData)
    {
        if (AmbientHolder.Current is { } recording)
        {
            Guarded.Run(recording, "efcore.saving", (eventData.Context, settings, own), static (recording, state) =>
            {
                if (state.Context is { } context)
                {
                    PendingSaves saves = state.own ?? PendingSaves.Of(context);
                    saves.Begin(new PendingSave(recording, context, state.settings, saves));
                    if (state.settings.CaptureBefore)
                    {
                        saves.Attached.Watch(context);
                    }
                }
            });
        }
    }

    private void Complete(SaveChangesCompletedEventData eventData)
        => End(eventData, "efcore.saved", eventData, static (save, eventData) => save.Complete(eventData.EntitiesSavedCount));

    private void Fail(DbContextEventData eventData, Exception? error)
        => End(eventData, "efcore.failed", error, static (save, error) => save.Fail(error));

    private void End<TState>(DbContextEventData eventData, string site, TState state, Action<PendingSave, TState> end)
    {
        if (AmbientHolder.Current is { } recording)
        {
            Guarded.Run(recording, site, (eventData.Context, own, state, end), static (_, work) =>
            {
                if (work.Context is { } context && (work.own ?? PendingSaves.Of(context)).End() is { } save)
                {
                    work.end(save, work.state);
                }
            });
        }
    }
}
