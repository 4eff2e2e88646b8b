using System.ComponentModel;

namespace FlightRecorder.CompilerServices;

/// <summary>Which rules of a plan hold for a request, as a mask: bit 0 is <c>Rules[0]</c>.</summary>
public delegate ulong PlanFilter(in RequestFacts request);

/// <summary>What the generator compiled for one handler and the rules that apply to it. Made by generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class HandlerPlan
{
    /// <summary>The handler as a person names it: <c>OrdersController.Create</c>, or for a lambda the call it is handed to, <c>MapPost("/orders")</c>.</summary>
    public required string Name { get; init; }

    /// <summary>File and line of the handler, relative to the repository root: <c>Shop/Controllers/OrdersController.cs:21</c>.</summary>
    public required string Location { get; init; }

    /// <summary>How the handler is recognised in endpoint metadata.</summary>
    public required HandlerIdentity Identity { get; init; }

    /// <summary>The rules of the nearest level that has any, in source order; at most 64.</summary>
    public required RulePlan[] Rules { get; init; }

    /// <summary>The conditions of all <see cref="Rules"/>, as straight-line code.</summary>
    public required PlanFilter Match { get; init; }

    /// <summary>Redaction of the request body; null when its type is unknown at compile time, which fails closed.</summary>
    public RedactionMap? RequestBody { get; init; }

    /// <summary>Redaction of the response body; null when its type is unknown at compile time, which fails closed.</summary>
    public RedactionMap? ResponseBody { get; init; }

    /// <summary>Redaction of route values, query, form fields and <see cref="Headers"/>, by the handler's parameter names; null when none is marked.</summary>
    public RedactionMap? Parameters { get; init; }

    /// <summary>The names of the request headers that marked parameters are bound from: hidden where listed, searched for elsewhere in any case.</summary>
    public string[] Headers { get; init; } = [];

    /// <summary>The only save of a DbContext that the handler makes and that it makes itself; null where there is none, or where other code may save too.</summary>
    public SaveSite? Save { get; init; }

    /// <summary>The endpoint as it stands in each line; made by the encoder on first use.</summary>
    internal byte[]? EncodedEndpoint { get; set; }
}

/// <summary>How a handler is recognised: a controller action by its types, a delegate by the place of its rule.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class HandlerIdentity
{
    private HandlerIdentity()
    {
    }

    /// <summary>The controller's type, for an action.</summary>
    public Type? Controller { get; private init; }

    /// <summary>The action method's name, for an action.</summary>
    public string? Method { get; private init; }

    /// <summary>The action method's parameter types in order, for an action.</summary>
    public Type[] Parameters { get; private init; } = [];

    /// <summary>The file of the rule's attribute as the compiler names it, for a lambda, method group or local function.</summary>
    public string? File { get; private init; }

    /// <summary>The line of the rule's attribute, for a lambda, method group or local function.</summary>
    public int Line { get; private init; }

    /// <summary>A controller action.</summary>
    public static HandlerIdentity Action(Type controller, string method, params Type[] parameters)
        => new() { Controller = controller, Method = method, Parameters = parameters };

    /// <summary>A delegate that carries the rule itself.</summary>
    public static HandlerIdentity Delegate(string file, int line) => new() { File = file, Line = line };

    /// <summary>
    /// A method group under an assembly-level rule: its declaring type and name. Lambdas and local functions without a rule of
    /// their own have no name that could be known at compile time; <see cref="GeneratedAssembly.Fallback"/> is for them.
    /// </summary>
    public static HandlerIdentity MethodGroup(Type declaringType, string method, params Type[] parameters)
        => new() { Controller = declaringType, Method = method, Parameters = parameters };
}

/// <summary>What one rule says apart from its conditions.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RulePlan
{
    /// <summary>When a captured request is kept.</summary>
    public KeepWhen Keep { get; init; }

    /// <summary>From how many milliseconds on a request is slow.</summary>
    public int SlowMilliseconds { get; init; } = 1000;

    /// <summary>Which bodies are recorded.</summary>
    public Bodies Bodies { get; init; }

    /// <summary>Whether one of its conditions is a request header, so that who sends the request decides.</summary>
    public bool ByHeader { get; init; }
}
