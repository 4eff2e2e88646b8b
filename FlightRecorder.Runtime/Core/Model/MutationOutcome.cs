namespace FlightRecorder;

/// <summary>What became of a mutation.</summary>
public enum MutationOutcome
{
    /// <summary>Neither commit nor rollback was observed.</summary>
    Unknown,

    /// <summary>The commit was observed.</summary>
    Committed,

    /// <summary>The rollback, or the failure of the statement, was observed.</summary>
    RolledBack,
}
