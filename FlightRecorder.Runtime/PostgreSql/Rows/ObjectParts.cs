using System.Text;
using System.Text.Json;

namespace FlightRecorder.PostgreSql;

/// <summary>
/// A JSON object taken apart: the members that have columns of their own, and the rest, which is the object with <c>0</c> in the
/// place of each value that was taken out. <see cref="ObjectJoin"/> puts it together again, byte for byte.
/// </summary>
internal sealed class ObjectParts(params PartRule[] rules)
{
    public static readonly byte[] Taken = "0"u8.ToArray();

    private readonly byte[][] _names = [.. rules.Select(rule => Encoding.UTF8.GetBytes(rule.Name))];
    private readonly Range?[] _found = new Range?[rules.Length];
    private readonly bool[] _taken = new bool[rules.Length];
    private readonly LineBuffer _rest = new(1024);
    private readonly LineBuffer _check = new(256);
    private ReadOnlyMemory<byte> _json;
    private int _next;

    /// <summary>Whether each name was spelled plainly and stood there once: then any reader finds the same.</summary>
    public bool IsPlain { get; private set; }

    public ReadOnlySpan<byte> Rest => _rest.Written;

    /// <exception cref="JsonException">It is no object.</exception>
    public void Split(ReadOnlyMemory<byte> json)
    {
        Begin(json);
        ReadOnlySpan<byte> bytes = json.Span;
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = SummaryParser.MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Not an object.");
        }

        int copied = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int part = Find(ref reader);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            int end = (int)reader.BytesConsumed;
            Found(part, bytes, start, end, ref copied);
        }

        _rest.Raw(bytes[copied..]);
    }

    /// <summary>The same of an object that a journal wrote, several times as fast. Damage in its values may not be noticed.</summary>
    /// <exception cref="JsonException">It is no object.</exception>
    public void SplitValid(ReadOnlyMemory<byte> json)
    {
        Begin(json);
        ReadOnlySpan<byte> bytes = json.Span;
        int copied = 0;
        int at = Expect(bytes, 0, (byte)'{');
        while (JsonHop.At(bytes, at) == (byte)'"')
        {
            int nameEnd = JsonHop.End(bytes, at);
            int part = Find(bytes[at..nameEnd]);
            int start = Expect(bytes, nameEnd, (byte)':');
            int end = JsonHop.End(bytes, start);
            Found(part, bytes, start, end, ref copied);
            at = JsonHop.Content(bytes, end);
            at = JsonHop.At(bytes, at) == (byte)',' ? JsonHop.Content(bytes, at + 1) : at;
        }

        Expect(bytes, at, (byte)'}');
        _rest.Raw(bytes[copied..]);
    }

    public bool Has(int part) => _found[part] is not null;

    /// <summary>Whether the rest holds <c>0</c> in its place.</summary>
    public bool IsTaken(int part) => _taken[part];

    /// <summary>The raw value; empty when it is absent.</summary>
    public ReadOnlyMemory<byte> Raw(int part) => _found[part] is { } range ? _json[range] : default;

    /// <summary>The value as a text; null when it is absent or no string.</summary>
    public string? Text(int part) => Has(part) ? JsonScalars.Text(Raw(part).Span) : null;

    private void Begin(ReadOnlyMemory<byte> json)
    {
        _json = json;
        Array.Clear(_found);
        Array.Clear(_taken);
        _rest.Clear();
        _next = 0;
        IsPlain = true;
    }

    private void Found(int part, ReadOnlySpan<byte> bytes, int start, int end, ref int copied)
    {
        if (part < 0 || _found[part] is not null)
        {
            IsPlain &= part < 0;
            return;
        }

        _found[part] = start..end;
        if (MayTake(rules[part].Kind, bytes[start..end]))
        {
            _taken[part] = true;
            _rest.Raw(bytes[copied..start]);
            _rest.Raw(Taken);
            copied = end;
        }
    }

    private static int Expect(ReadOnlySpan<byte> bytes, int at, byte expected)
    {
        at = JsonHop.Content(bytes, at);
        return JsonHop.At(bytes, at) == expected ? JsonHop.Content(bytes, at + 1) : throw new JsonException("Not an object.");
    }

    // A name with its quotes. Mostly it is one of the next: who wrote the object and who made the rules keep to one order.
    private int Find(ReadOnlySpan<byte> name)
    {
        if (name.Contains((byte)'\\'))
        {
            IsPlain = false;
            var reader = new Utf8JsonReader(name);
            reader.Read();
            return Find(ref reader);
        }

        ReadOnlySpan<byte> bare = name[1..^1];
        for (int i = 0; i < _names.Length; i++)
        {
            int part = _next + i < _names.Length ? _next + i : _next + i - _names.Length;
            if (bare.SequenceEqual(_names[part]))
            {
                _next = part + 1 < _names.Length ? part + 1 : 0;
                return part;
            }
        }

        return -1;
    }

    private int Find(ref Utf8JsonReader reader)
    {
        for (int i = 0; i < _names.Length; i++)
        {
            if (reader.ValueTextEquals(_names[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private bool MayTake(PartKind kind, ReadOnlySpan<byte> value) => kind switch
    {
        PartKind.Json => true,
        PartKind.Rows => IsArrayOfObjects(value),
        PartKind.Text => IsRestoredAsItIs(value),
        _ => false,
    };

    // A text column holds the text, not its spelling: what another encoder spelled otherwise stays in the rest, too.
    private bool IsRestoredAsItIs(ReadOnlySpan<byte> value)
    {
        if (JsonScalars.Text(value) is not { } text)
        {
            return false;
        }

        _check.Clear();
        _check.Text(text);
        return _check.Written.SequenceEqual(value);
    }

    private static bool IsArrayOfObjects(ReadOnlySpan<byte> value)
    {
        if (value[0] != (byte)'[')
        {
            return false;
        }

        int at = JsonHop.Content(value, 1);
        while (JsonHop.At(value, at) == (byte)'{')
        {
            at = JsonHop.Content(value, JsonHop.End(value, at));
            at = JsonHop.At(value, at) == (byte)',' ? JsonHop.Content(value, at + 1) : at;
        }

        return value[at] == (byte)']';
    }
}

/// <summary>What becomes of a member that has a column of its own.</summary>
internal enum PartKind
{
    /// <summary>Only looked at; it stays in the rest.</summary>
    Seen,

    /// <summary>Moved, as it is spelled.</summary>
    Json,

    /// <summary>Moved as a text, when its spelling can be found again.</summary>
    Text,

    /// <summary>Moved when it is an array of objects, which become rows.</summary>
    Rows,
}

/// <summary>A member with a column of its own.</summary>
internal readonly record struct PartRule(string Name, PartKind Kind);
