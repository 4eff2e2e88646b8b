using System.Text.Json;

namespace FlightRecorder;

/// <summary>A body as stored: the value, and what is known of it.</summary>
public sealed record RecordedBody
{
    /// <summary>The body: any JSON for <see cref="BodyKind.Json"/>, an object for a form, a string for text; undefined when none was stored.</summary>
    public JsonElement Value { get; init; }

    /// <summary>How it was stored.</summary>
    public BodyKind Kind { get; init; }

    /// <summary>Its media type.</summary>
    public string? Type { get; init; }

    /// <summary>How much of it was stored.</summary>
    public BodyState State { get; init; }

    /// <summary>Its size on the wire, before redaction.</summary>
    public long Bytes { get; init; }
}
