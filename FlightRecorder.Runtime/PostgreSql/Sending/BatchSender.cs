using Npgsql;

namespace FlightRecorder.PostgreSql;

/// <summary>
/// Stores batches, each recording exactly once whatever happened before: straight by COPY while nothing can have been sent already,
/// else by way of staging tables and ON CONFLICT DO NOTHING. What the server refuses is halved until the one to blame is alone.
/// </summary>
internal sealed class BatchSender(PostgresConnections connections, SchemaName schema, DayPartitions days, IDeadLetters deadLetters, SendCounters counters)
{
    // Days of recordings from clocks that went wrong are no partitions that anyone would drop.
    private const int MaxDaysAhead = 366;

    // The run before may have died between a commit and the note of it.
    private bool _mayResend = true;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>On return each recording of the batch is stored or a dead letter. An exception means that it is to be sent again, some time.</summary>
    public async Task SendAsync(OutgoingBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(batch, [.. batch.Recordings.Where(IsWanted)], cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _mayResend = true;
            counters.CountFailure();
            throw;
        }
    }

    private bool IsWanted(OutgoingRecording recording)
    {
        if (recording.IsDead)
        {
            return false;
        }

        var today = DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);
        if (recording.Day < today.AddDays(-(int)Math.Ceiling(connections.Options.MaxAge.TotalDays)))
        {
            counters.CountExpired();
            recording.IsDead = true;
        }
        else if (recording.Day > today.AddDays(MaxDaysAhead))
        {
            Bury(recording, "it began more than a year in the future");
        }

        return !recording.IsDead;
    }

    private async Task SendAsync(OutgoingBatch batch, OutgoingRecording[] recordings, CancellationToken cancellationToken)
    {
        if (recordings.Length == 0)
        {
            return;
        }

        try
        {
            await StoreAsync(batch, recordings, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (Rejection.IsOfData(error))
        {
            if (recordings.Length == 1)
            {
                Bury(recordings[0], Rejection.Describe(error));
                return;
            }

            int half = recordings.Length / 2;
            await SendAsync(batch, recordings[..half], cancellationToken).ConfigureAwait(false);
            await SendAsync(batch, recordings[half..], cancellationToken).ConfigureAwait(false);
        }
    }

    private void Bury(OutgoingRecording recording, string reason)
    {
        deadLetters.Add(recording.Line.Span, reason);
        recording.IsDead = true;
        counters.CountDead();
    }

    private async Task StoreAsync(OutgoingBatch batch, OutgoingRecording[] recordings, CancellationToken cancellationToken)
    {
        await days.EnsureAsync(recordings.Select(recording => recording.Day).Distinct().Order(), cancellationToken).ConfigureAwait(false);
        try
        {
            await CopyAsync(batch, recordings, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (Rejection.IsResend(error) && !_mayResend)
        {
            _mayResend = true;
            await CopyAsync(batch, recordings, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (Rejection.IsOfDay(error))
        {
            days.Forget();
            throw;
        }
    }

    private async Task CopyAsync(OutgoingBatch batch, OutgoingRecording[] recordings, CancellationToken cancellationToken)
    {
        await using BoundedTransaction work = await BoundedTransaction.BeginAsync(connections, schema, cancellationToken).ConfigureAwait(false);
        var copy = new BatchCopy(work, batch, recordings);
        int stored = _mayResend
            ? await copy.StagedAsync(cancellationToken).ConfigureAwait(false)
            : await copy.DirectAsync(cancellationToken).ConfigureAwait(false);
        await work.CommitAsync(cancellationToken).ConfigureAwait(false);
        counters.CountBatch(stored, recordings.Length - stored);

        // All of it was new: so is what comes behind it.
        _mayResend = stored < recordings.Length;
    }
}
