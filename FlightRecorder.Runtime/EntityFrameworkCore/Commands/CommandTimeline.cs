using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Commands as timeline entries. That of a reader waits until it is disposed: only then its rows are counted.</summary>
internal static class CommandTimeline
{
    private static readonly ConditionalWeakTable<DbCommand, WaitingEntry> Waiting = [];

    public static TimelineEntry Entry(AmbientRecording recording, CommandEventData eventData, TimeSpan duration, NamedValue[]? parameters)
    {
        long durationUs = (long)duration.TotalMicroseconds;
        bool isQuery = eventData.CommandSource != CommandSource.SaveChanges && eventData.ExecuteMethod != DbCommandMethod.ExecuteNonQuery;
        return new TimelineEntry
        {
            Type = isQuery ? TimelineTypes.Query : TimelineTypes.Command,
            AtUs = Math.Max(0, recording.Active.ElapsedUs - durationUs),
            Sql = eventData.Command.CommandText,
            Parameters = parameters,
            DurationUs = durationUs,
        };
    }

    public static void Wait(AmbientRecording recording, DbCommand command, TimelineEntry entry)
        => Waiting.AddOrUpdate(command, new WaitingEntry(recording, entry));

    public static void Disposed(DataReaderDisposingEventData eventData)
    {
        if (Waiting.TryGetValue(eventData.Command, out WaitingEntry? waiting))
        {
            Waiting.Remove(eventData.Command);
            TimelineEntry entry = waiting.Entry;
            entry.Rows = entry.Type == TimelineTypes.Query ? Math.Max(eventData.ReadCount, eventData.RecordsAffected) : eventData.RecordsAffected;
            waiting.Recording.Append(entry);
        }
    }

    private sealed class WaitingEntry(AmbientRecording recording, TimelineEntry entry)
    {
        public AmbientRecording Recording { get; } = recording;

        public TimelineEntry Entry { get; } = entry;
    }
}
