namespace FlightRecorder.EntityFrameworkCore;

/// <summary>What is known of a save that failed.</summary>
internal readonly struct SaveFailure
{
    /// <summary>At least one command went out.</summary>
    public required bool WasSent { get; init; }

    /// <summary>The save had a transaction of its own, which EF Core disposed.</summary>
    public required bool EndedItsTransaction { get; init; }

    /// <summary>The transaction around it went back to before the save.</summary>
    public required bool SavepointRolledBack { get; init; }

    /// <summary>The only command was refused by the server, or found no row.</summary>
    public required bool IsRefusedWhole { get; init; }
}
