namespace FlightRecorder.Generators.Model;

/// <summary>A generated file.</summary>
internal sealed record SourceFile
{
    public required string HintName { get; init; }

    public required string Text { get; init; }
}
