using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Who called for saves and commands: of a handler's only save the generator knows it; else, where that is wanted, the stack tells.</summary>
internal static class CallSites
{
    private static readonly ConditionalWeakTable<DbCommand, string> Noted = [];
    private static readonly ConditionalWeakTable<DbConnection, string> Openers = [];

    /// <summary>The place of the save that the handler under way makes, where it makes one only; else the caller.</summary>
    public static string? OfSave(AmbientRecording recording, DbContext context, RecordingSettings settings)
        => recording.Active.Plan?.Save is { } save && save.Context.IsInstanceOfType(context) ? save.Location
            : settings.CaptureCallSite ? Find(recording)
            : null;

    /// <summary>The caller noted of a command.</summary>
    public static string? OfCommand(DbCommand command, RecordingSettings settings)
        => settings.CaptureCallSite && Noted.TryGetValue(command, out string? site) ? site : null;

    /// <summary>
    /// A connection is about to be opened, maybe for a command that is made only when it is open: then who called for it is no
    /// longer on the stack.
    /// </summary>
    /// <param name="eventData">The connection.</param>
    /// <param name="own">The saves of its context, where they are at hand.</param>
    public static void Opening(ConnectionEventData eventData, PendingSaves? own)
    {
        Openers.Remove(eventData.Connection);
        bool isSave = eventData.Context is { } context && (own ?? PendingSaves.Of(context)).Current is not null;
        if (!isSave && CallSite.Find() is { } site)
        {
            Openers.AddOrUpdate(eventData.Connection, site);
        }
    }

    /// <summary>A command was made: its caller is looked for, unless it belongs to a save or its text has a place already.</summary>
    public static void Note(AmbientRecording recording, CommandEndEventData eventData)
    {
        DbCommand command = eventData.Command;
        Noted.Remove(command);
        bool isKnown = eventData.CommandSource == CommandSource.SaveChanges
            || (SetBasedStatements.Concern(eventData.CommandSource) && SqlTextCache.Read(command.CommandText).Location is not null);
        string? opener = Openers.TryGetValue(eventData.Connection, out string? noted) ? noted : null;
        Openers.Remove(eventData.Connection);
        if (!isKnown && Find(recording, opener) is { } site)
        {
            Noted.AddOrUpdate(command, site);
        }
    }

    private static string? Find(AmbientRecording recording, string? opener = null)
    {
        string? site = CallSite.Find() ?? opener;
        if (site is null)
        {
            recording.Append(Gaps.UnknownCallSite);
        }

        return site;
    }
}
