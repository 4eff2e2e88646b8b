namespace FlightRecorder.Generators.Model;

/// <summary>A handler and the rules that apply to it.</summary>
internal sealed record PlanModel
{
    public required string Name { get; init; }

    /// <summary>File and line; absolute as parsed, relative to the repository root once merged.</summary>
    public required string Location { get; init; }

    public required IdentityModel Identity { get; init; }

    public required EquatableArray<RuleModel> Rules { get; init; }

    public required BodyModel Request { get; init; }

    public required BodyModel Response { get; init; }

    /// <summary>The marked route values, query and form fields.</summary>
    public required EquatableArray<MemberModel> Parameters { get; init; }

    /// <summary>All of them; for the listing.</summary>
    public required EquatableArray<MemberModel> Bound { get; init; }

    /// <summary>The names of the marked headers.</summary>
    public EquatableArray<string> Headers { get; init; }

    public SaveModel? Save { get; init; }
}

/// <summary>The only save of a handler: its DbContext's type and its place, absolute as parsed.</summary>
internal sealed record SaveModel
{
    public required string Context { get; init; }

    public required string Location { get; init; }
}

/// <summary>How a handler is recognised at run time.</summary>
internal sealed record IdentityModel
{
    public required IdentityKind Kind { get; init; }

    /// <summary>The controller's type, for an action; the declaring type, for a method group.</summary>
    public required string? Type { get; init; }

    public required string? Method { get; init; }

    public required EquatableArray<string> ParameterTypes { get; init; }

    /// <summary>The file and line of the first rule, for a delegate.</summary>
    public required string? File { get; init; }

    public required int Line { get; init; }
}

internal enum IdentityKind
{
    Action,
    Delegate,
    MethodGroup,
    Fallback,
}

/// <summary>Redaction of one body: the map of its type, or the mode that hides all of it, or neither: none, or unknown.</summary>
internal sealed record BodyModel
{
    /// <summary>No body, or a plain value.</summary>
    public static BodyModel None { get; } = new() { MapKey = null, Whole = null, Unknown = null };

    public required string? MapKey { get; init; }

    public required string? Whole { get; init; }

    /// <summary>Why its type can't be known; null where it is, and where there is no body.</summary>
    public required string? Unknown { get; init; }

    public static BodyModel UnknownFor(string reason) => new() { MapKey = null, Whole = null, Unknown = reason };
}
