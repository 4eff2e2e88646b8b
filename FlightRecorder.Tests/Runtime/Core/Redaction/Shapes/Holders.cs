using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace FlightRecorder.Tests.Core.Redaction.Shapes;

/// <summary>Holds one value of a type in a member, beside an open one.</summary>
public sealed class Holder<T>
{
    public string Beside { get; set; } = Tokens.Open();

    [JsonPropertyName("x-held.value")]
    public required T Held { get; set; }

    public T? Again { get; set; }
}

public sealed class Lists
{
    public Leaf[] Array { get; set; } = [new(), new()];

    public Leaf[][] Jagged { get; set; } = [[new()], [new(), new()]];

    public List<Leaf> List { get; set; } = [new()];

    public IReadOnlyList<Positional> ReadOnly { get; set; } = [new()];

    public IEnumerable<LeafStruct> Sequence { get; set; } = [new()];

    public HashSet<Leaf> Set { get; set; } = [new()];

    public ImmutableArray<Leaf> Immutable { get; set; } = [new()];

    public List<List<LeafStruct?>> Nested { get; set; } = [[new LeafStruct(), null]];
}

public sealed class Dictionaries
{
    public Dictionary<string, Leaf> Values { get; set; } = new() { ["Some Key"] = new() };

    public Dictionary<int, List<Leaf>> Lists { get; set; } = new() { [7] = [new(), new()] };

    public IReadOnlyDictionary<string, Positional> ReadOnly { get; set; } = new Dictionary<string, Positional> { ["Marked"] = new() };

    public SortedDictionary<Guid, Dictionary<string, Leaf>> Deep { get; set; } = new() { [Guid.NewGuid()] = new() { ["k"] = new() } };

    /// <summary>Keys that are secret names hide their values.</summary>
    public Dictionary<string, string> Names { get; set; } = new() { ["New_Password"] = Tokens.Secret(), ["Colour"] = Tokens.Open() };

    /// <summary>Keys that are values go with the member.</summary>
    [Redact]
    public Dictionary<string, Leaf> ByToken { get; set; } = new() { [Tokens.Secret()] = new() { Open = Tokens.Secret() } };
}

/// <summary>Members whose type says nothing: every name marked anywhere applies.</summary>
public sealed class Open
{
    public object? Anything { get; set; } = new Leaf();

    public JsonElement Element { get; set; } = JsonSerializer.SerializeToElement(new Leaf());

    public JsonNode? Node { get; set; } = JsonSerializer.SerializeToNode(new Positional());

    public List<object> List { get; set; } = [new Leaf(), Tokens.Open()];

    public Dictionary<string, object> Pairs { get; set; } = new() { ["a"] = new Leaf(), ["b"] = new Dictionary<string, object> { ["c"] = new[] { new Leaf() } } };
}

public sealed class Wholes
{
    public Safe One { get; set; } = new();

    public SafeStruct? Two { get; set; } = new SafeStruct(Tokens.Secret());

    public List<Safe> Many { get; set; } = [new(), new()];

    public Dictionary<string, Safe> Pairs { get; set; } = new() { ["a"] = new() };

    public string Beside { get; set; } = Tokens.Open();
}

public sealed class Tree
{
    public Leaf Value { get; set; } = new();

    public List<Tree> Children { get; set; } = [];

    public Dictionary<string, Tree>? Named { get; set; }
}

public sealed class Mixed
{
    [JsonInclude]
    public Leaf Field = new();

    [JsonInclude, Redact]
    internal string Marked { get; set; } = Tokens.Secret();

    public KeyValuePair<string, Leaf> Pair { get; set; } = new("k", new());

    public Tuple<Leaf, string> Tuple { get; set; } = new(new(), Tokens.Open());

    public Lazy<Leaf> Lazy { get; set; } = new(() => new());

    public Converted Converted { get; set; } = new();
}

/// <summary>Marked data beside the declared members, under names that no type knows.</summary>
public sealed class Extending
{
    public string Open { get; set; } = Tokens.Open();

    public long[] Numbers { get; set; } = [1, 2];

    public Leaf Leaf { get; set; } = new();

    [Redact, JsonExtensionData]
    public Dictionary<string, object> Further { get; set; } = new()
    {
        ["plain"] = Tokens.Secret(),
        ["number"] = 31415926535,
        ["x-other.name"] = new Leaf { Open = Tokens.Secret() },
        ["list"] = new object[] { Tokens.Secret(), new { Inside = Tokens.Secret() } },
    };
}
