using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>A row about to be saved: its state before, and the tracked row from which the state after is read at the end.</summary>
internal sealed class RowDraft
{
    public required TrackedRow Row { get; init; }

    public EntityPlan Plan => Row.Plan;

    public required string Operation { get; init; }

    public NamedValue[]? Before { get; set; }

    public string[]? Changed { get; init; }

    /// <summary>Attached without having been read: what it was before is not known.</summary>
    public bool IsAttached { get; init; }

    /// <summary>Why there is no state before, or null.</summary>
    public GapEntry? BeforeGap { get; set; }

    public bool IsDeleted => Operation == "delete";

    public MutationEntry Finish(RowReader reader) => new()
    {
        Source = "efcore",
        Model = Plan.Model,
        Table = Plan.Table,
        Operation = Operation,
        Map = Plan.Map,
        Key = RowReader.Key(Row),
        Before = Before is null ? null : [Before],
        After = IsDeleted ? null : [reader.Read(Row, RowVersion.After)],
        Changed = Changed,
    };

    public static string OperationOf(EntityState state) => state switch { EntityState.Added => "insert", EntityState.Deleted => "delete", _ => "update" };
}
