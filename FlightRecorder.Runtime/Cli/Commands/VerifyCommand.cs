using System.CommandLine;

namespace FlightRecorder.Cli;

/// <summary><c>flightrecorder verify DIR</c>: checks every byte of a journal and says where what is wrong.</summary>
internal static class VerifyCommand
{
    public static Command Create(Terminal terminal)
    {
        var place = new JournalPlace(terminal);
        var json = new Option<bool>("--json") { Description = "One JSON object per fault, and one for the whole." };
        var command = new Command("verify", "Checks every line of a journal; exits with 3 when something is wrong.") { json };
        place.AddTo(command);
        command.SetAction((arguments, cancellationToken) =>
        {
            string directory = place.Read(arguments);
            place.SayIfMissing(directory);
            var report = new FaultReport(terminal, arguments.GetValue(json));
            foreach (RunAudit run in new JournalAudit(JournalFiles.Instance, cancellationToken).Run(directory))
            {
                report.Add(run);
            }

            report.End();
            return Task.FromResult(report.Faults == 0 ? ExitCode.Ok : ExitCode.Faults);
        });
        return command;
    }
}
