using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlightRecorder.Tests.Core.Crash;

/// <summary>A crash recorder over memory, installed nowhere.</summary>
internal sealed class CrashRig
{
    public CrashRig(Dictionary<string, object?>? context = null)
        => Recorder = new CrashRecorder(new CrashLog(new CrashContext(context ?? []), File, "errors.jsonl"));

    public MemoryFile File { get; } = new();

    public CrashRecorder Recorder { get; }

    /// <summary>The record of an error, told synchronously.</summary>
    public static JsonObject Record(object? error, Dictionary<string, object?>? extra = null, Dictionary<string, object?>? context = null)
    {
        var rig = new CrashRig(context);
        Assert.That(rig.Recorder.CaptureSync(error, extra), Is.EqualTo(new WriteResult(true, null)));
        return Parse(rig.File.Lines.Single());
    }

    public static JsonObject Parse(string line)
    {
        Assert.That(line, Does.EndWith("}\n"));
        Assert.That(line.IndexOf('\n'), Is.EqualTo(line.Length - 1), "one line");
        return JsonNode.Parse(line, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })!.AsObject();
    }

    /// <summary>The same exception, thrown.</summary>
    public static Exception Thrown(Exception error)
    {
        try
        {
            throw error;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }
}
