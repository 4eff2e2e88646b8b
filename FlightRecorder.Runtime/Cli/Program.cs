using FlightRecorder.Cli;

using Terminal terminal = Terminal.OfProcess();
return await CommandLine.RunAsync(args, terminal).ConfigureAwait(false);
