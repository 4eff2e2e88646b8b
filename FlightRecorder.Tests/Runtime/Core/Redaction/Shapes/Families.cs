using System.Text.Json.Serialization;

namespace FlightRecorder.Tests.Core.Redaction.Shapes;

public class Inheriting : Leaf
{
    public string Own { get; set; } = Tokens.Open();
}

public abstract class Declaring
{
    [Redact]
    public abstract string Marked { get; set; }

    [Redact, JsonPropertyName("x-other.name")]
    public virtual string Renamed { get; set; } = Tokens.Secret();
}

/// <summary>The marks stand on what it overrides.</summary>
public sealed class Overriding : Declaring
{
    public string Open { get; set; } = Tokens.Open();

    public override string Marked { get; set; } = Tokens.Secret();
}

public interface IMarked
{
    string Open { get; }

    [Redact]
    string Marked { get; }

    [Redact, JsonPropertyName("x-other.name")]
    string Renamed { get; }
}

public interface IMarkedFurther : IMarked
{
    [Redact]
    string MarkedFurther { get; }
}

/// <summary>The marks stand on the interface only.</summary>
public sealed class Implementing : IMarkedFurther
{
    public string Open { get; set; } = Tokens.Open();

    public string Marked { get; set; } = Tokens.Secret();

    [JsonPropertyName("x-other.name")]
    public string Renamed { get; set; } = Tokens.Secret();

    public string MarkedFurther { get; set; } = Tokens.Secret();
}

public abstract class GenericBase<T>
{
    public required T Held { get; init; }

    public List<T> More { get; init; } = [];
}

public sealed class Closed : GenericBase<Leaf>;

[JsonDerivedType(typeof(ByCard), "card")]
[JsonDerivedType(typeof(ByTransfer), "transfer")]
public abstract class Payment
{
    public string Open { get; set; } = Tokens.Open();
}

public sealed class ByCard : Payment
{
    [Redact]
    public string MarkedCard { get; set; } = Tokens.Secret();

    [Redact, JsonPropertyName("x-other.name")]
    public string Renamed { get; set; } = Tokens.Secret();
}

public sealed class ByTransfer : Payment
{
    [Redact]
    public Leaf MarkedAccount { get; set; } = new() { Open = Tokens.Secret() };
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FaceOne), "one")]
[JsonDerivedType(typeof(FaceTwo), 2)]
public interface IFace;

public sealed record FaceOne([property: Redact] string MarkedOne, string Open) : IFace;

public sealed class FaceTwo : IFace
{
    public Leaf Inner { get; set; } = new();
}

/// <summary>Declared as this, written as what derives from it.</summary>
public class Animal
{
    public string Open { get; set; } = Tokens.Open();
}

public sealed class Cat : Animal
{
    [Redact]
    public string MarkedChip { get; set; } = Tokens.Secret();

    [Redact, JsonPropertyName("x-other.name")]
    public string Renamed { get; set; } = Tokens.Secret();
}

[Redact]
public sealed class Safe
{
    public string Content { get; set; } = Tokens.Secret();

    public List<Leaf> Leaves { get; set; } = [new() { Open = Tokens.Secret() }];
}

[Redact]
public readonly record struct SafeStruct(string Content);
