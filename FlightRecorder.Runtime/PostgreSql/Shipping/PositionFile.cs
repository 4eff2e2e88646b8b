using System.Globalization;
using System.Text.Json;

namespace FlightRecorder.PostgreSql;

/// <summary>
/// <c>position.json</c>: how far each segment was sent, and to which store: <c>{"v":1,"store":"…","segments":{"…-0001.jsonl":{"offset":4096,"check":"9f3a11c2"}}}</c>.
/// Replaced as a whole. One that is lost or damaged costs a resend, never a recording.
/// </summary>
internal sealed class PositionFile(string path)
{
    public const string Name = "position.json";

    /// <summary>The positions for a store; none for another store than the file was written for.</summary>
    public Dictionary<string, SegmentPosition> Load(Guid store)
    {
        var positions = new Dictionary<string, SegmentPosition>(StringComparer.Ordinal);
        try
        {
            if (!File.Exists(path))
            {
                return positions;
            }

            using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = file.RootElement;
            if (root.Number("v") == 1 && root.Text("store") == store.ToString("D") && root.Field("segments") is { ValueKind: JsonValueKind.Object } segments)
            {
                foreach (JsonProperty segment in segments.EnumerateObject())
                {
                    Read(segment, positions);
                }
            }
        }
        catch (Exception error) when (error is JsonException || IoFailure.Is(error))
        {
            positions.Clear();
        }

        return positions;
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(Guid store, IReadOnlyDictionary<string, SegmentPosition> positions)
    {
        string next = path + ".next";
        using (FileStream stream = PrivateFiles.Create(next))
        using (var json = new Utf8JsonWriter(stream))
        {
            Write(json, store, positions);
        }

        File.Move(next, path, overwrite: true);
    }

    private static void Read(JsonProperty segment, Dictionary<string, SegmentPosition> positions)
    {
        if (segment.Value.Number("offset") is { } offset and > 0
            && uint.TryParse(segment.Value.Text("check"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint check))
        {
            positions[segment.Name] = new SegmentPosition(offset, check);
        }
    }

    private static void Write(Utf8JsonWriter json, Guid store, IReadOnlyDictionary<string, SegmentPosition> positions)
    {
        json.WriteStartObject();
        json.WriteNumber("v", 1);
        json.WriteString("store", store);
        json.WriteStartObject("segments");
        foreach ((string name, SegmentPosition position) in positions)
        {
            json.WriteStartObject(name);
            json.WriteNumber("offset", position.Offset);
            json.WriteString("check", position.Check.ToString("x8", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
