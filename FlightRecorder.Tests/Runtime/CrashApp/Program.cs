using System.Diagnostics;
using System.Globalization;
using FlightRecorder;
using FlightRecorder.CrashApp;

// CrashApp SCENARIO name=value …: what it prints on standard output is what it saw itself.
var arguments = new Arguments(args);
if (args[0] == "perform")
{
    Performance.Run(arguments.Text("script")!, arguments.Text("run")!);
    return 0;
}

if (args[0] == "deployed")
{
    return Deployed.Run(args[1..]);
}

if (args[0] == "in-the-air")
{
    return await InTheAir.RunAsync(arguments).ConfigureAwait(false);
}

if (args[0] == "journal")
{
    return await JournalWriter.RunAsync(arguments).ConfigureAwait(false);
}

long started = Stopwatch.GetTimestamp();
CrashRecorder crash = Flight.Install(arguments.Crash());
TimeSpan installing = Stopwatch.GetElapsedTime(started);
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
        Scenarios.OnThread(() => Scenarios.Throw("lost"));
        Console.WriteLine("alive");
        break;
    case "unobserved":
        Scenarios.Forget(() => Scenarios.Throw("forgotten"));
        Console.WriteLine("alive");
        break;
    case "install-twice":
        Flight.Install(arguments.Crash());
        Scenarios.Throw("lost");
        break;
    case "recorded":
        await Recorded.RunAsync(crash, arguments).ConfigureAwait(false);
        break;
    case "slow-exit":
        AppDomain.CurrentDomain.ProcessExit += (_, _) => new ManualResetEvent(false).WaitOne();
        Scenarios.Throw("lost");
        break;
    case "throw-and-tell-time":
        Console.WriteLine(installing.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture));
        Scenarios.Throw(new string('m', 4000));
        break;
    case "exhausted":
        Exhausted.Run(crash);
        break;
    case "fail-fast":
        crash.CaptureSync(new InvalidOperationException("told"));
        Environment.FailFast("gone");
        break;
    case "overflow":
        crash.CaptureSync(new InvalidOperationException("told"));
        Console.WriteLine(Scenarios.Overflow(1));
        break;
    case "kill":
        crash.CaptureSync(new InvalidOperationException("told"));
        Process.GetCurrentProcess().Kill();
        break;
    default:
        Console.Error.WriteLine("no such scenario");
        return 2;
}

return 0;
