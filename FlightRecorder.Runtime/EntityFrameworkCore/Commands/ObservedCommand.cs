using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>A command that ran: its timeline entry, and what it means for the save or the transaction it belongs to.</summary>
internal readonly ref struct ObservedCommand
{
    private readonly AmbientRecording _recording;
    private readonly CommandEventData _eventData;
    private readonly PendingSave? _save;
    private readonly SetBasedStatements? _setBased;
    private readonly SqlText _text;
    private readonly NamedValue[]? _parameters;
    private readonly string? _location;
    private readonly SetBasedRows? _touched;

    /// <param name="recording">Where it goes.</param>
    /// <param name="eventData">The command.</param>
    /// <param name="settings">What to record.</param>
    /// <param name="save">The save that it belongs to, or null.</param>
    /// <param name="touched">The rows that it touches, where they are read.</param>
    public ObservedCommand(AmbientRecording recording, CommandEventData eventData, RecordingSettings settings, PendingSave? save, SetBasedRows? touched)
    {
        _touched = touched;
        _recording = recording;
        _eventData = eventData;
        _save = save;
        _text = SqlText.None;
        if (SetBasedStatements.Concern(eventData.CommandSource) && eventData.Context is { } context)
        {
            _text = SqlTextCache.Read(eventData.Command.CommandText);
            _location = _text.Location ?? CallSites.OfCommand(eventData.Command, settings);
            _setBased = new SetBasedStatements(recording, context, eventData.Connection, settings)
            {
                Location = _location,
                IsReader = eventData.ExecuteMethod == DbCommandMethod.ExecuteReader,
            };
        }
        else
        {
            _location = _save is not null ? _save.Location : CallSites.OfCommand(eventData.Command, settings);
        }

        _parameters = _save is not null ? _save.Parameters(eventData.Command) : settings.CaptureParameters ? Parameters() : null;
    }

    /// <param name="duration">How long it took.</param>
    /// <param name="reader">Its rows, or null when it has none to read.</param>
    /// <param name="rows">How many rows it changed, or -1.</param>
    public void Succeeded(TimeSpan duration, DbDataReader? reader, long rows)
    {
        TimelineEntry entry = CommandTimeline.Entry(_recording, _eventData, duration, _parameters, _location);
        if (reader is not null)
        {
            CommandTimeline.Wait(_recording, _save, _eventData.Command, entry, reader.HasRows);
        }
        else
        {
            entry.Rows = rows;
            _recording.Append(entry);
        }

        _save?.Ran(_eventData.Command, _parameters);
        _setBased?.Succeeded(_text, _parameters, rows, _touched);
    }

    /// <param name="duration">How long it took to fail.</param>
    /// <param name="error">Null when it was cancelled.</param>
    public void Failed(TimeSpan duration, Exception? error)
    {
        TimelineEntry entry = CommandTimeline.Entry(_recording, _eventData, duration, _parameters, _location);
        entry.Error = error is null ? "canceled" : error.Message;
        _recording.Append(entry);
        TransactionLookup.StatementFailed(_recording, _eventData.Context, _eventData.Connection, error);
        _save?.CommandFailed(_eventData.Command, _parameters, error);
        _setBased?.Failed(_text, _parameters, error, _touched);
    }

    private NamedValue[]? Parameters()
    {
        string sql = _eventData.Command.CommandText;
        if (_eventData.Context is not { } context || _eventData.Command.Parameters.Count == 0)
        {
            return ShownParameters.Of(_eventData.Command, _recording, false, static (_, _, _) => false);
        }

        bool hidesAll = _setBased?.HidesParameters(_text) == true;
        HashSet<string>? hidden = HiddenColumns.Of(context).ParametersIn(sql);
        return ShownParameters.Of(
            _eventData.Command, _recording, (hidesAll, hidden), static (state, name, _) => state.hidesAll || state.hidden?.Contains(name) != false);
    }
}
