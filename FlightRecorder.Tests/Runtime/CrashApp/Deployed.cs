namespace FlightRecorder.CrashApp;

/// <summary>The app of the deployment page: its code stands there, line for line.</summary>
internal static class Deployed
{
    // deployed [--verify-errors | --fall]
    public static int Run(string[] args)
    {
        const string release = "v1.4.2";
        CrashRecorder crash = Flight.Install(new CrashOptions
        {
            File = Environment.GetEnvironmentVariable("SHOP_ERRORS") ?? "errors.jsonl",
            Context = { ["app"] = "shop", ["proc"] = "server", ["release"] = release },
        });
        if (args is ["--verify-errors"])
        {
            return crash.CaptureSync(new InvalidOperationException("a test"), new() { ["where"] = "verify" }).Ok ? 0 : 1;
        }

        if (args is ["--fall"])
        {
            Scenarios.Throw("lost");
        }

        return 0;
    }
}
