using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Who called for saves and commands: of a handler's only save the generator knows it; else, where that is wanted, the stack tells.</summary>
internal static class CallSites
{
    private static readonly ConditionalWeakTable<DbCommand, string> Noted = [];

    /// <summary>The place of the save that the handler under way makes, where it makes one only; else the caller.</summary>
    public static string? OfSave(AmbientRecording recording, DbContext context, RecordingSettings settings)
        => recording.Active.Plan?.Save is { } save && save.Context.IsInstanceOfType(context) ? save.Location
            : settings.CaptureCallSite ? Find(recording)
            : null;

    /// <summary>The caller noted of a command.</summary>
    public static string? OfCommand(DbCommand command, RecordingSettings settings)
        => settings.CaptureCallSite && Noted.TryGetValue(command, out string? site) ? site : null;

    /// <summary>A command was made: its caller is looked for, unless it belongs to a save or its text has a place already.</summary>
    public static void Note(AmbientRecording recording, CommandEndEventData eventData)
    {
        DbCommand command = eventData.Command;
        Noted.Remove(command);
        bool isKnown = eventData.CommandSource == CommandSource.SaveChanges
            || (SetBasedStatements.Concern(eventData.CommandSource) && SqlTextCache.Read(command.CommandText).Location is not null);
        if (!isKnown && Find(recording) is { } site)
        {
            Noted.AddOrUpdate(command, site);
        }
    }

    private static string? Find(AmbientRecording recording)
    {
        string? site = CallSite.Find();
        if (site is null)
        {
            recording.Append(Gaps.UnknownCallSite);
        }

        return site;
    }
}
