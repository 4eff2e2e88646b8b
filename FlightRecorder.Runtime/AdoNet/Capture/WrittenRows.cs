using System.Data.Common;

namespace FlightRecorder.AdoNet;

/// <summary>Which rows of a command or batch are read.</summary>
internal static class WrittenRows
{
    /// <summary>Null where none are; a gap says why, unless nothing is written or they are not wanted.</summary>
    public static TouchedRows? Plan(AmbientRecording recording, IExecutable source, CommandFacts[] commands, ExecutionPlace place)
    {
        int index = Array.FindIndex(commands, static command => command.Text.ChangesRows);
        if (index < 0 || !source.Settings.ReadsRows || recording.Active.Mutations.Length >= source.Settings.MaxMutations)
        {
            return null;
        }

        RowSelection selection = place.Known?.Running is not null ? RowSelection.Not(RowReasons.Busy)
            : commands.Length == 1 || IsOnlyWrite(commands, index) ? commands[index].Text.Rows!
            : RowSelection.Not(RowReasons.SeveralStatements);
        return TouchedRows.Plan(recording, place.Scope as DbConnection, selection, Parameters(source.Provider, index), source.Settings.BeforeRowLimit);
    }

    // Reads beside a write change nothing of what it meets, be they before it or after.
    private static bool IsOnlyWrite(CommandFacts[] commands, int index)
    {
        for (int i = 0; i < commands.Length; i++)
        {
            if (i != index && (!commands[i].OnlyReads || commands[i].Text.MayChange))
            {
                return false;
            }
        }

        return true;
    }

    private static DbParameterCollection Parameters(object provider, int index)
        => provider is DbBatch batch ? batch.BatchCommands[index].Parameters : ((DbCommand)provider).Parameters;
}
