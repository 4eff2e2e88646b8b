using System.Text.Json.Serialization;
using FlightRecorder;

namespace Contracts;

/// <summary>A marked type as a shared project has it: its own code was not seen by the generator that compiles the maps.</summary>
public class Party
{
    public string Open { get; set; } = "";

    [Redact]
    public string Marked { get; set; } = "";

    [Redact, JsonPropertyName("x-other.name")]
    public string Renamed { get; set; } = "";
}

/// <summary>Marks more than its base, which is what the handler declares.</summary>
public sealed class Person : Party
{
    [Redact]
    public string MarkedName { get; set; } = "";
}

/// <summary>Generic over a type of the project that uses it.</summary>
public sealed class Page<T>
{
    public List<T> Items { get; set; } = [];

    [Redact]
    public string? MarkedCursor { get; set; }
}

/// <summary>Marked as a whole.</summary>
[Redact]
public sealed record Vault(string Content, string[] Keys);
