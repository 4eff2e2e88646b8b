namespace FlightRecorder.Generators.Model;

/// <summary>All that is generated for one assembly, in the order in which it is printed.</summary>
internal sealed record AssemblyModel
{
    /// <summary>The generated class; carries the assembly's name, so that friends of the assembly see no second one of that name.</summary>
    public required string ClassName { get; init; }

    public required EquatableArray<PlanModel> Plans { get; init; }

    public required PlanModel? Fallback { get; init; }

    public required EquatableArray<MapModel> Maps { get; init; }

    public required EquatableArray<ContextModel> Contexts { get; init; }

    public required EquatableArray<EntityModel> Entities { get; init; }

    /// <summary>The constant SQL texts, in ordinal order.</summary>
    public required EquatableArray<SqlModel> Sql { get; init; }

    /// <summary>What is recorded, for people to read; null where none is asked for.</summary>
    public required ListingModel? Listing { get; init; }

    public bool IsEmpty => Plans.Count + Contexts.Count + Entities.Count + Maps.Count + Sql.Count == 0 && Fallback is null;
}
