using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.CrashApp;

/// <summary>An app that records operations, with errors that repeat what the operations hide.</summary>
internal static class Recorded
{
    private const string Secret = "hunter2-canary";

    // recorded dir=DIR otherDir=DIR how=sync|capture|outer|outer-capture|throw|unobserved
    public static async Task RunAsync(CrashRecorder crash, Arguments arguments)
    {
        await using Recorder host = await StartAsync(arguments.Text("dir")!).ConfigureAwait(false);
        using Operation first = Begin("first");
        Begin("ended").Dispose();
        await using Recorder? other = arguments.Text("otherDir") is { } directory ? await StartAsync(directory).ConfigureAwait(false) : null;
        using Operation second = Begin("second");
        End(crash, arguments.Text("how"));
    }

    private static async Task<Recorder> StartAsync(string directory)
    {
        var options = new FlightRecorderOptions { AppName = "recorded" };
        options.Journal.Directory = directory;
        var run = new RunInfo();
        var store = new JournalStore(options.Journal, Environment.CurrentDirectory, NullLogger.Instance, run);
        var recorder = new Recorder(options, store, NullLogger.Instance, run: run);
        await recorder.StartAsync(default).ConfigureAwait(false);
        return recorder;
    }

    private static Operation Begin(string name)
    {
        Operation operation = Flight.Begin(name);
        Flight.Current!.Value.Mark("signed in", new JsonObject { ["password"] = $"{Secret}-{name}" });
        Console.WriteLine($"{name} {Flight.Current!.Value.Id}");
        return operation;
    }

    private static void End(CrashRecorder crash, string? how)
    {
        var error = new InvalidOperationException($"{Secret}-second is wrong", new FormatException($"no {Secret}-second"));
        var extra = new Dictionary<string, object?> { ["tried"] = $"{Secret}-second", ["all"] = new[] { $"x {Secret}-second" }, ["n"] = 1 };
        switch (how)
        {
            case "sync":
                crash.CaptureSync(error, extra);
                break;
            case "capture":
                crash.Capture(error, extra);
                break;
            case "outer":
                crash.CaptureSync(new InvalidOperationException($"{Secret}-first and {Secret}-second"));
                break;
            case "outer-capture":
                crash.Capture(new InvalidOperationException($"{Secret}-first and {Secret}-second"));
                break;
            case "unobserved":
                Scenarios.Forget(() => Scenarios.Throw(error));
                break;
            default:
                // Outside of any flow, as a thread of the app is.
                using (ExecutionContext.SuppressFlow())
                {
                    Scenarios.OnThread(() => Scenarios.Throw(new InvalidOperationException($"{Secret}-first and {Secret}-second")));
                }

                break;
        }
    }
}
