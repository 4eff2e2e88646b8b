namespace FlightRecorder.Generators.Model;

/// <summary>What an assembly records, in the order in which it is printed.</summary>
internal sealed record ListingModel
{
    public required string Assembly { get; init; }

    public required EquatableArray<ListingEntry> Entries { get; init; }
}

/// <summary>One handler, DbContext or entity.</summary>
internal sealed record ListingEntry
{
    public required string Name { get; init; }

    public required string Location { get; init; }

    public required EquatableArray<string> Rules { get; init; }

    public required EquatableArray<ListingPart> Parts { get; init; }
}

/// <summary>A body, the parameters, or the row of an entity.</summary>
internal sealed record ListingPart
{
    public required string Name { get; init; }

    /// <summary>The type, or in words what is stored of it.</summary>
    public required string Holds { get; init; }

    public required EquatableArray<ListingField> Fields { get; init; }
}

/// <summary>A field by its path, and what becomes of it.</summary>
internal sealed record ListingField
{
    public required string Path { get; init; }

    public required string Treatment { get; init; }
}
