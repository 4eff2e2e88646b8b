using System.Text.Json;

namespace FlightRecorder.PostgreSql;

/// <summary>Puts together again what <see cref="ObjectParts"/> took apart.</summary>
internal static class ObjectJoin
{
    /// <summary>Writes the rest with each part that was taken out in its place.</summary>
    /// <param name="rest">The rest, an object.</param>
    /// <param name="parts">Name and raw JSON of each part; null for one that is not at hand.</param>
    /// <param name="into">Gets the object.</param>
    public static void Write(ReadOnlySpan<byte> rest, IReadOnlyList<(string Name, byte[]? Json)> parts, LineBuffer into)
    {
        var reader = new Utf8JsonReader(rest, new JsonReaderOptions { MaxDepth = SummaryParser.MaxDepth });
        reader.Read();
        int copied = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            byte[]? part = Find(ref reader, parts);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            int end = (int)reader.BytesConsumed;
            if (part is not null && rest[start..end].SequenceEqual(ObjectParts.Taken))
            {
                into.Raw(rest[copied..start]);
                into.Raw(part);
                copied = end;
            }
        }

        into.Raw(rest[copied..]);
    }

    private static byte[]? Find(ref Utf8JsonReader reader, IReadOnlyList<(string Name, byte[]? Json)> parts)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            if (reader.ValueTextEquals(parts[i].Name))
            {
                return parts[i].Json;
            }
        }

        return null;
    }
}
