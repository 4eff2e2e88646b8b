namespace FlightRecorder.Prompts;

/// <summary>A piece of evidence that is kept, shortened or cut as one.</summary>
/// <param name="Signal">How much it tells.</param>
/// <param name="Text">Its text, already made visible.</param>
/// <param name="Continues">Whether it goes on where the piece before it ends; it is then never kept without it.</param>
internal sealed record EvidenceItem(Signal Signal, string Text, bool Continues = false);
