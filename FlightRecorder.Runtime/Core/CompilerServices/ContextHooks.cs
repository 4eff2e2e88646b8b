using System.ComponentModel;

namespace FlightRecorder.CompilerServices;

/// <summary>What of a DbContext's saves is recorded. Made by generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ContextHooks
{
    /// <summary>The DbContext's type.</summary>
    public required Type Context { get; init; }

    /// <summary>File and line of the DbContext relative to the repository root.</summary>
    public required string Location { get; init; }

    /// <summary>The entities reachable from the context's sets. An entity that is not listed is recorded fail-closed.</summary>
    public required EntityHook[] Entities { get; init; }
}

/// <summary>What of an entity's rows is recorded. Made by generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EntityHook
{
    /// <summary>The entity's type.</summary>
    public required Type Entity { get; init; }

    /// <summary>False for an entity marked <see cref="DoNotRecordAttribute"/>.</summary>
    public required bool Recorded { get; init; }

    /// <summary>Redaction of the entity's columns and of its owned and JSON-mapped members.</summary>
    public required RedactionMap Map { get; init; }
}
