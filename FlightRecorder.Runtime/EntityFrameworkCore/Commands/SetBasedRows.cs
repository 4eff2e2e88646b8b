using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>The rows that a set-based statement touches, from before its command until after it.</summary>
internal sealed class SetBasedRows(AmbientRecording recording, TouchedRows touched)
{
    private static readonly ConditionalWeakTable<DbCommand, SetBasedRows> UnderWay = [];

    private MutationEntry? _mutation;
    private EntityColumns? _columns;

    /// <summary>What is to be read before the command goes out; null where nothing is.</summary>
    public static SetBasedRows? Plan(AmbientRecording recording, CommandEventData eventData, RecordingSettings settings)
    {
        if (!settings.ReadsRows || !SetBasedStatements.Concern(eventData.CommandSource) || eventData.Context is not { } context)
        {
            return null;
        }

        SqlText text = SqlTextCache.Read(eventData.Command.CommandText);
        if (!text.ChangesRows || MutationLimit.Left(recording, settings) == 0
            || new SetBasedStatements(recording, context, eventData.Connection, settings).RowsOf(text) is not { } selection)
        {
            return null;
        }

        DbCommand command = eventData.Command;
        TouchedRows? touched = TouchedRows.Plan(recording, eventData.Connection, selection, command.Parameters, settings.BeforeRowLimit);
        if (touched is null)
        {
            return null;
        }

        var rows = new SetBasedRows(recording, touched);
        UnderWay.AddOrUpdate(command, rows);
        return rows;
    }

    /// <summary>What was planned for the command, which has ended; null for nothing.</summary>
    public static SetBasedRows? Take(CommandEventData eventData)
    {
        SetBasedRows? rows = null;
        if (SetBasedStatements.Concern(eventData.CommandSource) && UnderWay.TryGetValue(eventData.Command, out rows))
        {
            UnderWay.Remove(eventData.Command);
        }

        return rows;
    }

    public void ReadBefore() => touched.ReadBefore();

    public ValueTask ReadBeforeAsync(CancellationToken token) => touched.ReadBeforeAsync(token);

    /// <summary>The mutation that shows the rows; not yet in the recording.</summary>
    public void Belong(MutationEntry mutation, EntityColumns? columns)
    {
        _mutation = mutation;
        _columns = columns;
        Show(mutation);
    }

    public void ReadAfter()
    {
        if (_mutation is { } mutation)
        {
            touched.ReadAfter(mutation.Rows);
            recording.Update((this, mutation), static state => state.Item1.Show(state.mutation));
        }
    }

    public async ValueTask ReadAfterAsync()
    {
        if (_mutation is { } mutation)
        {
            await touched.ReadAfterAsync(mutation.Rows).ConfigureAwait(false);
            recording.Update((this, mutation), static state => state.Item1.Show(state.mutation));
        }
    }

    /// <summary>A reader is open now, and EF Core does not say when it has been closed.</summary>
    public void LeaveAfter() => touched.LeaveAfter(RowReasons.ReaderEnds);

    private void Show(MutationEntry mutation) => touched.Show(mutation, _columns is null ? null : _columns.Shape);
}
