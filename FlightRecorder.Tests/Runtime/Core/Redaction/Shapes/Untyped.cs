using System.Collections;
using System.Text.Json.Serialization;

namespace FlightRecorder.Tests.Core.Redaction.Shapes;

/// <summary>Members that hold anything without saying so, and values of types that are private, generic, or hidden as a whole.</summary>
public sealed class Untyped
{
    public IEnumerable List { get; set; } = new ArrayList { new Leaf(), Tokens.Open() };

    public object Private { get; set; } = new Secluded(Tokens.Open(), Tokens.Secret());

    public object Generic { get; set; } = new Envelope<int> { MarkedSeal = Tokens.Secret() };

    public object[] Whole { get; set; } = [new SafeStruct(Tokens.Secret()), new Unheld { Reason = Tokens.Secret() }];

    public Dictionary<string, object> Pairs { get; set; } = new() { ["marked"] = Tokens.Secret(), ["colour"] = Tokens.Open() };

    private sealed record Secluded(string Open, [Redact] string MarkedHere);
}

public sealed class Envelope<T>
{
    public T? Content { get; set; }

    [Redact]
    public string MarkedSeal { get; set; } = "";
}

/// <summary>Hidden as a whole, and a member of no type that anything recorded leads to.</summary>
[Redact]
public sealed class Unheld
{
    public string Reason { get; set; } = "";
}

[Redact]
public sealed class Codes : List<string>;

[Redact]
public sealed class Claims : Dictionary<string, string>;

public sealed class Bags
{
    public string Beside { get; set; } = Tokens.Open();

    public Codes Codes { get; set; } = [Tokens.Secret(), Tokens.Secret()];

    public Claims? Claims { get; set; } = new() { ["role"] = Tokens.Secret() };

    public List<Codes> Lists { get; set; } = [[Tokens.Secret()], [Tokens.Secret()]];
}

public record Parent(string Open, string Inherited);

/// <summary>The mark stands on a parameter that goes to the base.</summary>
public sealed record Child(string Open, [Redact] string Inherited) : Parent(Open, Inherited)
{
    public Child()
        : this(Tokens.Open(), Tokens.Secret())
    {
    }
}

public sealed class Fish<T> : Animal
{
    public T? Depth { get; set; }

    [Redact]
    public string MarkedTag { get; set; } = Tokens.Secret();
}

/// <summary>Fields are only written where the options say so.</summary>
public sealed class Tuples
{
    public (Leaf First, string Second) Pair = (new(), Tokens.Open());

    public Leaf Leaf = new();

    public Leaf Always { get; set; } = new();
}

/// <summary>Whatever else it holds stands beside what it declares.</summary>
public sealed class Further
{
    public string Open { get; set; } = Tokens.Open();

    [JsonExtensionData]
    public Dictionary<string, object> More { get; set; } = new()
    {
        ["leaf"] = new Leaf(),
        ["marked"] = Tokens.Secret(),
        ["list"] = new object[] { new Leaf(), Tokens.Open() },
    };
}
