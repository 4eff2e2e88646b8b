using FlightRecorder.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>A row about to be saved: its state before, and the entry from which the state after is read at the end.</summary>
internal sealed class RowDraft
{
    public required EntityEntry Entry { get; init; }

    public required RedactionMap? Map { get; init; }

    public required string Operation { get; init; }

    public NamedValue[]? Before { get; init; }

    public string[]? Changed { get; init; }

    /// <summary>Attached as modified without having been read: what it was before is not known.</summary>
    public bool BeforeIsUnknown { get; init; }

    /// <summary>The key as it was then: a deleted row's entry keeps it, an inserted row's is read at the end.</summary>
    public bool IsDeleted => Operation == "delete";

    public static RowDraft Of(EntityEntry entry, RedactionMap? map, ChangedMembers changed, RowReader reader, RecordingSettings settings)
    {
        EntityState state = entry.State;
        bool unknown = state == EntityState.Modified && changed.AreAllEqual;
        bool hasBefore = state != EntityState.Added && !unknown;

        // Read even when it is not kept: the values that redaction hides must be hidden in the parameters too.
        NamedValue[]? before = hasBefore ? reader.Read(entry, map, RowVersion.Before) : null;
        return new RowDraft
        {
            Entry = entry,
            Map = map,
            Operation = state switch { EntityState.Added => "insert", EntityState.Deleted => "delete", _ => "update" },
            Before = settings.CaptureBefore ? before : null,
            Changed = state is EntityState.Modified or EntityState.Unchanged ? changed.Names : null,
            BeforeIsUnknown = unknown && settings.CaptureBefore,
        };
    }

    public MutationEntry Finish(RowReader reader)
    {
        string? table = Entry.Metadata.GetTableName();
        return new MutationEntry
        {
            Source = "efcore",
            Model = ModelNames.Of(Entry.Metadata),
            Table = Entry.Metadata.GetSchema() is { Length: > 0 } schema && table is not null ? schema + "." + table : table,
            Operation = Operation,
            Map = Map,
            Key = RowReader.Key(Entry),
            Before = Before is null ? null : [Before],
            After = IsDeleted ? null : [reader.Read(Entry, Map, RowVersion.After)],
            Changed = Changed,
        };
    }
}
