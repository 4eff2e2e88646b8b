namespace FlightRecorder;

/// <summary>Where the journal is carried on to, for the report of the start.</summary>
/// <param name="Text">Stands behind "the journal"; without secrets.</param>
internal sealed record JournalDestination(string Text);
