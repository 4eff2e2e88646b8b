namespace FlightRecorder.Generators.Model;

/// <summary>One <c>[Record]</c> attribute as written at one place.</summary>
internal sealed record RuleModel
{
    /// <summary>The attribute's own file and line as the compiler filled them in: the rule's identity.</summary>
    public required string File { get; init; }

    public required int Line { get; init; }

    /// <summary>Where it is written; absolute as parsed, relative to the repository root once merged; null for another assembly's.</summary>
    public required string? Place { get; init; }

    public required EquatableArray<string> Methods { get; init; }

    public required PathCondition Path { get; init; }

    public required string PathPattern { get; init; }

    public required string? Header { get; init; }

    public required EquatableArray<string> HeaderValues { get; init; }

    public required EquatableArray<string> Actors { get; init; }

    public required double SampleRate { get; init; }

    public required EquatableArray<string> Keep { get; init; }

    public required int SlowMilliseconds { get; init; }

    public required string Bodies { get; init; }

    /// <summary>The filter's type as generated code names it.</summary>
    public required string? Filter { get; init; }

    /// <summary>True where nothing may be recorded: the filter can't be called, or a <c>[DoNotRecord]</c> that metadata does not carry applies.</summary>
    public required bool Never { get; init; }
}

/// <summary>What a rule's glob comes down to.</summary>
internal enum PathCondition
{
    Any,
    Is,
    Under,
    Matches,
}
