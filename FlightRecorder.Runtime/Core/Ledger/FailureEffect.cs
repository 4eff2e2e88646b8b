namespace FlightRecorder;

/// <summary>What a failed statement does to the transaction it ran in; from harmless to fatal.</summary>
internal enum FailureEffect
{
    /// <summary>Nothing: a later commit keeps the rest.</summary>
    None,

    /// <summary>Not known for this provider: a later commit proves nothing.</summary>
    Unclear,

    /// <summary>PostgreSQL: the rest is lost, and a later COMMIT rolls back without an error.</summary>
    Dooms,
}
