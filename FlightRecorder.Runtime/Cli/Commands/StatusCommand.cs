using System.CommandLine;

namespace FlightRecorder.Cli;

/// <summary><c>flightrecorder status DIR</c>: what a journal holds, run by run.</summary>
internal static class StatusCommand
{
    public static Command Create(Terminal terminal)
    {
        var place = new JournalPlace(terminal);
        var json = new Option<bool>("--json") { Description = "One JSON object per run." };
        var command = new Command("status", "Says of each run what it recorded, what is missing, and when it was last alive.") { json };
        place.AddTo(command);
        command.SetAction((arguments, cancellationToken) =>
        {
            string directory = place.Read(arguments);
            place.SayIfMissing(directory);
            foreach (RunAudit run in new JournalAudit(JournalFiles.Instance, cancellationToken).Run(directory))
            {
                if (arguments.GetValue(json))
                {
                    AuditJson.WriteRun(terminal.Output, run);
                }
                else
                {
                    RunSection.Write(new Page(terminal.Output, terminal.HasColor), run);
                }
            }

            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }
}
