using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Commands as timeline entries. That of a reader waits until it is disposed: only then its rows are counted.</summary>
internal static class CommandTimeline
{
    private static readonly ConditionalWeakTable<DbCommand, WaitingEntry> Waiting = [];

    public static TimelineEntry Entry(AmbientRecording recording, CommandEventData eventData, TimeSpan duration, NamedValue[]? parameters, string? location)
    {
        long durationUs = (long)duration.TotalMicroseconds;
        bool isQuery = eventData.CommandSource != CommandSource.SaveChanges && eventData.ExecuteMethod != DbCommandMethod.ExecuteNonQuery;
        return new TimelineEntry
        {
            Type = isQuery ? TimelineTypes.Query : TimelineTypes.Command,
            AtUs = Math.Max(0, recording.Active.ElapsedUs - durationUs),
            Sql = eventData.Command.CommandText,
            Parameters = parameters,
            Location = location,
            DurationUs = durationUs,
        };
    }

    /// <param name="recording">Where the entry goes.</param>
    /// <param name="save">The save that the command belongs to, or null.</param>
    /// <param name="command">The command whose reader it waits for.</param>
    /// <param name="entry">The entry, complete but for its rows.</param>
    /// <param name="hasRows">Whether there is anything to read: a reader about to be disposed does not tell any more.</param>
    public static void Wait(AmbientRecording recording, PendingSave? save, DbCommand command, TimelineEntry entry, bool hasRows)
    {
        var waiting = new WaitingEntry(recording, command, entry, hasRows);
        if (save is not null)
        {
            // One reader at a time: no need to look for it by its command.
            save.Waiting = waiting;
        }
        else
        {
            Waiting.AddOrUpdate(command, waiting);
        }
    }

    /// <param name="eventData">The reader.</param>
    /// <param name="own">The saves of its context, where they are at hand.</param>
    public static void Disposed(DataReaderDisposingEventData eventData, PendingSaves? own)
    {
        if (Take(eventData, own) is { } waiting)
        {
            TimelineEntry entry = waiting.Entry;
            entry.Rows = entry.Type == TimelineTypes.Query ? RowsRead(eventData, waiting.HasRows) : eventData.RecordsAffected;
            waiting.Recording.Append(entry);
        }
    }

    private static WaitingEntry? Take(DataReaderDisposingEventData eventData, PendingSaves? own)
    {
        if (eventData.Context is { } context && (own ?? PendingSaves.Of(context)).Current is { Waiting: { } ofSave } save && ofSave.Command == eventData.Command)
        {
            save.Waiting = null;
            return ofSave;
        }

        return Waiting.Remove(eventData.Command, out WaitingEntry? waiting) ? waiting : null;
    }

    // EF Core counts the calls of Read: after one it stands on the only row asked for, after more the last call found the end.
    private static long RowsRead(DataReaderDisposingEventData eventData, bool hasRows)
        => hasRows ? Math.Max(1, eventData.ReadCount - 1) : Math.Max(0, eventData.RecordsAffected);
}

/// <summary>The entry of a command whose rows are not counted yet.</summary>
internal sealed class WaitingEntry(AmbientRecording recording, DbCommand command, TimelineEntry entry, bool hasRows)
{
    public AmbientRecording Recording { get; } = recording;

    public DbCommand Command { get; } = command;

    public TimelineEntry Entry { get; } = entry;

    public bool HasRows { get; } = hasRows;
}
