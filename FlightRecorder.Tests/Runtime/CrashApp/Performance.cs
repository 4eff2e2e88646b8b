using System.Text.Json;

namespace FlightRecorder.CrashApp;

/// <summary>One run of a script of errors that a recorder in another language performs too: what both do can be compared.</summary>
internal sealed class Performance
{
    private readonly CrashRecorder _crash;
    private readonly JsonElement _steps;

    private Performance(CrashRecorder crash, JsonElement steps)
    {
        _crash = crash;
        _steps = steps;
    }

    public static void Run(string script, string name)
    {
        using JsonDocument scripts = JsonDocument.Parse(File.ReadAllBytes(script));
        JsonElement run = scripts.RootElement.GetProperty(name);
        CrashRecorder crash = Flight.Install(Options(run.GetProperty("options")));
        if (run.TryGetProperty("install", out _))
        {
            crash = Flight.Install(Options(run.GetProperty("options")));
        }

        new Performance(crash, run.GetProperty("steps")).Run();
    }

    private static CrashOptions Options(JsonElement told)
    {
        var options = new CrashOptions();
        foreach (JsonProperty option in told.EnumerateObject())
        {
            switch (option.Name)
            {
                case "file": options.File = option.Value.GetString(); break;
                case "context": options.Context = Told.Members(option.Value); break;
                case "exitOnUncaught": options.ExitOnUncaught = option.Value.GetBoolean(); break;
                case "exitOnUnobserved": options.ExitOnUnobserved = option.Value.GetBoolean(); break;
                case "bootCheck": options.BootCheck = option.Value.GetBoolean(); break;
                case "maxBytes": options.MaxBytes = option.Value.GetInt64(); break;
                default: throw new NotSupportedException(option.Name);
            }
        }

        return options;
    }

    private void Run()
    {
        foreach (JsonElement step in _steps.EnumerateArray())
        {
            JsonElement error = step.GetProperty("error");
            Dictionary<string, object?>? extra = step.TryGetProperty("extra", out JsonElement members) ? Told.Members(members) : null;
            Run(step.GetProperty("do").GetString()!, error, extra);
        }
    }

    private void Run(string verb, JsonElement error, Dictionary<string, object?>? extra)
    {
        switch (verb)
        {
            case "captureSync":
                Print(_crash.CaptureSync(Told.Error(error), extra));
                break;
            case "capture":
                _crash.Capture(Told.Error(error), extra);
                break;
            case "throw":
                Scenarios.Throw((Exception)Told.Error(error)!);
                break;
            case "throwAside":
                Scenarios.OnThread(() => Scenarios.Throw((Exception)Told.Error(error)!));
                Console.WriteLine("alive");
                break;
            case "forget":
                Scenarios.Forget(() => Scenarios.Throw((Exception)Told.Error(error)!));
                Console.WriteLine("alive");
                break;
            default:
                throw new NotSupportedException(verb);
        }
    }

    private static void Print(WriteResult result)
        => Console.WriteLine(result.Ok ? """{"ok":true}""" : $$"""{"ok":false,"errno":"{{result.Errno}}"}""");
}
