namespace FlightRecorder.Generators.Model;

/// <summary>What one marked declaration contributes; fragments are merged into the <see cref="AssemblyModel"/>.</summary>
internal sealed record Fragment
{
    public static Fragment Empty { get; } = new();

    public EquatableArray<PlanModel> Plans { get; init; }

    public PlanModel? Fallback { get; init; }

    public EquatableArray<MapModel> Maps { get; init; }

    public EquatableArray<ContextModel> Contexts { get; init; }

    public EquatableArray<EntityModel> Entities { get; init; }

    public bool IsEmpty => Plans.Count + Contexts.Count + Entities.Count == 0 && Fallback is null;
}
