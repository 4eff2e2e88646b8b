using FlightRecorder;
using FlightRecorder.CrashApp;

// CrashApp SCENARIO name=value …: what it prints on standard output is what it saw itself.
var arguments = new Arguments(args);
if (args[0] == "in-the-air")
{
    return await InTheAir.RunAsync(arguments).ConfigureAwait(false);
}

CrashRecorder crash = Flight.Install(arguments.Crash());
switch (args[0])
{
    case "sync":
        Scenarios.Sync(crash, arguments.Text("message") ?? "told");
        break;
    case "sync-lines":
        Scenarios.SyncLines(crash, Console.In);
        break;
    case "capture-and-return":
        crash.Capture(new InvalidOperationException("told"));
        break;
    case "capture-and-exit":
        crash.Capture(new InvalidOperationException("told"));
        Environment.Exit(3);
        break;
    case "storm":
        Scenarios.Storm(crash, arguments.Number("count", 1000), arguments.Flag("sync", false));
        break;
    case "throw":
        Scenarios.Throw(arguments.Text("message") ?? "lost");
        break;
    case "capture-then-throw":
        crash.Capture(new InvalidOperationException("told"));
        Scenarios.Throw("lost");
        break;
    case "throw-on-thread":
        Scenarios.ThrowOnThread(arguments.Text("message") ?? "lost");
        Console.WriteLine("alive");
        break;
    case "unobserved":
        Scenarios.Forget(arguments.Text("message") ?? "forgotten");
        Console.WriteLine("alive");
        break;
    case "install-twice":
        Flight.Install(arguments.Crash());
        Scenarios.Throw("lost");
        break;
    case "slow-exit":
        AppDomain.CurrentDomain.ProcessExit += (_, _) => new ManualResetEvent(false).WaitOne();
        Scenarios.Throw("lost");
        break;
    case "fail-fast":
        crash.CaptureSync(new InvalidOperationException("told"));
        Environment.FailFast("gone");
        break;
    default:
        Console.Error.WriteLine("no such scenario");
        return 2;
}

return 0;
