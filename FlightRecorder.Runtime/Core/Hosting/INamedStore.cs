namespace FlightRecorder;

/// <summary>A store that says for the report of the start where it is.</summary>
internal interface INamedStore
{
    /// <summary>What it is, and where; without secrets.</summary>
    (string Name, string Place) Describe();
}

/// <summary>Where the journal is carried on to, for the report of the start.</summary>
/// <param name="Text">Completes "the journal"; without secrets.</param>
internal sealed record JournalDestination(string Text);
