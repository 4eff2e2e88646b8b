using System.Data;
using System.Runtime.CompilerServices;

namespace FlightRecorder.AdoNet;

/// <summary>Finds out who called for a command, for texts of which the generator does not know it. Costs a walk of the stack.</summary>
internal static class Called
{
    private static readonly ConditionalWeakTable<RecordingCommand, string> Creators = [];

    /// <summary>
    /// A command was made. Dapper opens a closed connection after that, and where this takes a while its caller is no longer on the
    /// stack when the command goes out.
    /// </summary>
    public static void Created(RecordingCommand command, ConnectionState state)
    {
        Creators.Remove(command);
        if (state != ConnectionState.Open && AmbientHolder.Current is { } recording)
        {
            Guarded.Run(recording, "adonet.created", command, static (_, command) =>
            {
                if (CallSite.Find() is { } site)
                {
                    Creators.AddOrUpdate(command, site);
                }
            });
        }
    }

    /// <param name="facts">The command.</param>
    /// <param name="recording">Told when nobody is found.</param>
    /// <param name="command">Its maker is named where the stack does not reach the caller any more.</param>
    public static CommandFacts For(CommandFacts facts, AmbientRecording recording, RecordingCommand command)
        => facts.Location is null ? facts with { Location = Find(recording, Creators.TryGetValue(command, out string? creator) ? creator : null) } : facts;

    /// <summary>The same for the commands of a batch, with one look at the stack.</summary>
    public static void For(CommandFacts[] commands, AmbientRecording recording)
    {
        if (Array.TrueForAll(commands, static command => command.Location is not null))
        {
            return;
        }

        string? site = Find(recording, null);
        for (int i = 0; i < commands.Length; i++)
        {
            commands[i] = commands[i] with { Location = commands[i].Location ?? site };
        }
    }

    private static string? Find(AmbientRecording recording, string? creator)
    {
        string? site = CallSite.Find() ?? creator;
        if (site is null)
        {
            recording.Append(Gaps.UnknownCallSite);
        }

        return site;
    }
}
