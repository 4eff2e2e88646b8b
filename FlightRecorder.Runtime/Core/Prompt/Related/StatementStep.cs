namespace FlightRecorder.Prompts;

/// <summary>The step of the timeline that carried a mutation.</summary>
/// <param name="Index">Its place in the timeline.</param>
/// <param name="AtUs">When it began.</param>
/// <param name="IsWhole">Whether it carried this statement alone.</param>
internal readonly record struct StatementStep(int Index, long AtUs, bool IsWhole);
