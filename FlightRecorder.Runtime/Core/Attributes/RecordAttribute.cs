using System.Runtime.CompilerServices;

namespace FlightRecorder;

/// <summary>
/// Marks what is recorded. On an assembly, controller, action, minimal-API lambda, method group or local function: its
/// requests. On a DbContext: the rows its saves change. On an entity: the rows of that entity, in whichever context.
/// </summary>
/// <remarks>
/// All properties of one attribute must hold; of several attributes at one level any may hold; the nearest level that has
/// one (action, controller, base class, assembly) replaces the farther ones. <see cref="DoNotRecordAttribute"/> wins over all.
/// The generator compiles the conditions; nothing is read by reflection at run time.
/// </remarks>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RecordAttribute : Attribute
{
    /// <summary>A rule at the place where the attribute is written.</summary>
    /// <param name="file">Filled in by the compiler: the rule's identity. Do not pass it.</param>
    /// <param name="line">Filled in by the compiler: the rule's identity. Do not pass it.</param>
    public RecordAttribute([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        File = file;
        Line = line;
    }

    /// <summary>The file the attribute is written in, as the compiler names it (with its path map applied).</summary>
    public string File { get; }

    /// <summary>The line the attribute is written on, counted from 1.</summary>
    public int Line { get; }

    /// <summary>HTTP methods to record, compared without case. Default: all.</summary>
    public string[]? Methods { get; init; }

    /// <summary>A glob over the request path: <c>*</c> is one segment or a part of one, <c>**</c> any number of segments. Default: all paths.</summary>
    public string? Route { get; init; }

    /// <summary>A request header that must be present. Default: none.</summary>
    public string? Header { get; init; }

    /// <summary>Values <see cref="Header"/> may have, compared exactly. Default: any value.</summary>
    public string[]? HeaderValues { get; init; }

    /// <summary>Ids of the actors to record; judged at the end of the request, when authentication has run. Default: all.</summary>
    public string[]? Actors { get; init; }

    /// <summary>The share of requests to record, 0 to 1. Default: 1.</summary>
    public double SampleRate { get; init; } = 1;

    /// <summary>When a captured request is kept. Default: <see cref="KeepWhen.Always"/>.</summary>
    public KeepWhen Keep { get; init; }

    /// <summary>From how many milliseconds on a request counts as slow for <see cref="KeepWhen.Slow"/>. Default: 1000.</summary>
    public int SlowMilliseconds { get; init; } = 1000;

    /// <summary>Which bodies are recorded. Default: <see cref="FlightRecorder.Bodies.Default"/>, as the options say.</summary>
    public Bodies Bodies { get; init; }

    /// <summary>A type that implements <see cref="IRecordFilter"/>, called directly by the generated code. Default: none.</summary>
    public Type? Filter { get; init; }
}
