namespace FlightRecorder.Generators.Model;

/// <summary>A recorded DbContext.</summary>
internal sealed record ContextModel
{
    public required string Type { get; init; }

    public required string Location { get; init; }

    public required EquatableArray<EntityModel> Entities { get; init; }
}

/// <summary>An entity of a recorded DbContext, or one that is recorded in whichever context.</summary>
internal sealed record EntityModel
{
    public required string Type { get; init; }

    public required bool Recorded { get; init; }

    public required string MapKey { get; init; }
}
