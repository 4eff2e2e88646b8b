namespace FlightRecorder.Generators.Model;

/// <summary>The redaction map of one type.</summary>
internal sealed record MapModel
{
    /// <summary>Stands for <c>RedactionMap.Unknown</c> wherever a map's key is expected.</summary>
    public const string UnknownKey = "?";

    /// <summary>Tells the maps apart: one type may have one as a body and one as a row.</summary>
    public required string Key { get; init; }

    /// <summary>The field that holds the map in the generated code; set when the fragments are merged.</summary>
    public required string Field { get; init; }

    /// <summary>The type as <c>typeof</c> takes it; null where generated code can't name it.</summary>
    public required string? Type { get; init; }

    public required string Name { get; init; }

    public required string? Location { get; init; }

    /// <summary>Whether it is registered by type, as a body that is recorded.</summary>
    public required bool Registered { get; init; }

    public required string? Whole { get; init; }

    /// <summary>The key of the map of a dictionary's values.</summary>
    public required string? ValuesKey { get; init; }

    public required EquatableArray<MemberModel> Members { get; init; }

    /// <summary>The mode that hides the members which the type does not declare, or <see cref="UnknownKey"/> where they may hold anything; null where it takes none.</summary>
    public string? Rest { get; init; }
}

/// <summary>The rule of one member of a map.</summary>
internal sealed record MemberModel
{
    public required string Name { get; init; }

    /// <summary>A <c>RedactMode</c> by name, or null.</summary>
    public required string? Mode { get; init; }

    public required bool Revealed { get; init; }

    public required string? NestedKey { get; init; }

    /// <summary>Whether it is a further name of a member that has one already.</summary>
    public bool IsAlias { get; init; }
}
