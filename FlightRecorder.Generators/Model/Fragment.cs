namespace FlightRecorder.Generators.Model;

/// <summary>What one marked declaration contributes; fragments are merged into the <see cref="AssemblyModel"/>.</summary>
internal sealed record Fragment
{
    public static Fragment Empty { get; } = new();

    public EquatableArray<PlanModel> Plans { get; init; }

    public PlanModel? Fallback { get; init; }

    public EquatableArray<MapModel> Maps { get; init; }

    /// <summary>The maps of types that carry marks, whether or not anything recorded leads to them.</summary>
    public EquatableArray<MapModel> Marked { get; init; }

    /// <summary>All members of the types in <see cref="Maps"/>, those without a rule too: what a listing says is stored.</summary>
    public EquatableArray<MapModel> Shapes { get; init; }

    public EquatableArray<ContextModel> Contexts { get; init; }

    public EquatableArray<EntityModel> Entities { get; init; }

    /// <summary>The constant SQL texts.</summary>
    public EquatableArray<SqlUseModel> Sql { get; init; }

    public bool IsEmpty => Plans.Count + Contexts.Count + Entities.Count + Marked.Count + Sql.Count == 0 && Fallback is null;
}
