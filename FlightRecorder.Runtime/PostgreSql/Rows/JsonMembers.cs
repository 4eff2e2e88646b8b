using System.Text.Json;

namespace FlightRecorder.PostgreSql;

/// <summary>The members of an object one by one, hopped over as <see cref="JsonHop"/> does; none when it is no object.</summary>
internal ref struct JsonMembers
{
    private readonly ReadOnlySpan<byte> _json;
    private int _at;

    public JsonMembers(ReadOnlySpan<byte> json)
    {
        _json = json is [(byte)'{', ..] ? json : default;
        _at = 1;
    }

    /// <summary>The name as it is spelled, without its quotes.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value as it is spelled.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <exception cref="JsonException">It does not end.</exception>
    public bool Next()
    {
        int at = JsonHop.Content(_json, _at);
        if (_json.IsEmpty || JsonHop.At(_json, at) != (byte)'"')
        {
            return false;
        }

        int nameEnd = JsonHop.End(_json, at);
        Name = _json[(at + 1)..(nameEnd - 1)];
        int start = JsonHop.Content(_json, JsonHop.Content(_json, nameEnd) + 1);
        int end = JsonHop.End(_json, start);
        Value = _json[start..end];
        at = JsonHop.Content(_json, end);
        _at = JsonHop.At(_json, at) == (byte)',' ? at + 1 : at;
        return true;
    }
}
