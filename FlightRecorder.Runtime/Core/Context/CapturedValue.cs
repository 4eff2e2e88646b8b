using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlightRecorder;

/// <summary>
/// Values as a live recording keeps them: null, string, bool, numbers, times, Guid, <see cref="JsonFragment"/> or
/// <see cref="ByteCount"/>. All immutable, so that encoding may happen later; anything else becomes its text at once.
/// </summary>
internal static class CapturedValue
{
    public static object? Of(object? value)
    {
        try
        {
            return value switch
            {
                null or DBNull => null,
                string or bool or byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal
                    or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or Guid or JsonFragment or ByteCount or CutText => value,
                char c => c.ToString(),
                Enum e => e.ToString(),
                byte[] bytes => new ByteCount(bytes.Length),
                Memory<byte> bytes => new ByteCount(bytes.Length),
                ReadOnlyMemory<byte> bytes => new ByteCount(bytes.Length),
                Stream stream => stream.CanSeek ? new ByteCount(stream.Length) : "(stream)",
                JsonElement element => JsonFragment.Of(element),
                JsonDocument document => JsonFragment.Of(document.RootElement),
                JsonNode node => JsonFragment.Of(node),
                IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
                IEnumerable items => JsonFragment.OfItems(items),
                _ => value.ToString(),
            };
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return "(unreadable: " + error.GetType().Name + ")";
        }
    }
}

/// <summary>The size of binary data that is not kept itself; written as <c>{"bytes":n}</c>.</summary>
internal sealed record ByteCount(long Bytes);
