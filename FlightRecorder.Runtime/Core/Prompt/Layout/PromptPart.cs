namespace FlightRecorder.Prompts;

/// <summary>A part of the prompt: our own words, or a block that the budget may shorten.</summary>
internal abstract record PromptPart
{
    /// <summary>Our own words. Nothing recorded goes in here but numbers that were counted.</summary>
    public sealed record Words(string Text) : PromptPart;

    /// <summary>Recorded data, or hints.</summary>
    public sealed record Evidence(EvidenceBlock Block) : PromptPart;

    /// <summary>The place where the prompt says what was cut.</summary>
    public sealed record CutNote : PromptPart;
}
