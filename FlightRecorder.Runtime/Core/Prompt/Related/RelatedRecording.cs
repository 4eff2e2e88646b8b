namespace FlightRecorder.Prompts;

/// <summary>An earlier recording and what ties it to the one being explained.</summary>
internal sealed record RelatedRecording(Recording Recording, IReadOnlyList<SharedRow> Rows);

/// <summary>A row that both touched.</summary>
/// <param name="Theirs">Index of the earlier recording's mutation of it.</param>
/// <param name="Mutation">Index of our mutation of it, or -1.</param>
/// <param name="Query">Index of our timeline entry that read it, or -1.</param>
internal readonly record struct SharedRow(int Theirs, int Mutation, int Query);
