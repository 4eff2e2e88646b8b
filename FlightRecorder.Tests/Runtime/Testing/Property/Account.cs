using System.Text.Json;

namespace FlightRecorder.Tests.Testing.Property;

/// <summary>A DTO with a mark in each kind of place.</summary>
internal sealed record Account(
    string Name,
    [Redact] string Note,
    [Redact(RedactMode.Last4)] string Iban,
    [Redact(RedactMode.Remove)] string Gone,
    [Redact] string Signed,
    string Password,
    [Redact] long Number,
    Child Child,
    List<Child> Children,
    Dictionary<string, Child> ByName,
    [Redact] Dictionary<string, string> Answers,
    [Redact] JsonElement Tree,
    Sealed Sealed);

internal sealed class Child
{
    public string Nick { get; set; } = "";

    [Redact]
    public string Inner { get; set; } = "";
}

[Redact]
internal sealed record Sealed(string One, string[] Two);
