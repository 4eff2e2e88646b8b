using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>One changed row, or one set-based statement, of a live recording. Its outcome is settled later by who observes it.</summary>
internal sealed class MutationEntry
{
    public long AtUs { get; set; } = -1;

    /// <summary><c>efcore</c>, <c>adonet</c> or <c>manual</c>.</summary>
    public required string Source { get; init; }

    public string? Model { get; init; }

    public string? Table { get; init; }

    /// <summary>insert, update, delete, upsert, bulkUpdate, bulkDelete, merge, copy or sql.</summary>
    public required string Operation { get; init; }

    public NamedValue[]? Key { get; set; }

    public string? Where { get; init; }

    public string? Sql { get; set; }

    public NamedValue[]? Parameters { get; set; }

    /// <summary>The row before; one item for a single row, several for a set-based statement, null for none.</summary>
    public NamedValue[][]? Before { get; set; }

    /// <summary>The row after; as <see cref="Before"/>.</summary>
    public NamedValue[][]? After { get; set; }

    /// <summary>Before and after are arrays of rows even when there is one.</summary>
    public bool SetBased { get; init; }

    public string[]? Changed { get; set; }

    /// <summary>-1: absent.</summary>
    public long Rows { get; set; } = -1;

    public MutationOutcome Outcome { get; set; } = MutationOutcome.Unknown;

    public string? Transaction { get; set; }

    public int Attempt { get; set; } = 1;

    public string? Location { get; set; }

    /// <summary>The redaction of its rows; null fails closed.</summary>
    public RedactionMap? Map { get; init; }
}
