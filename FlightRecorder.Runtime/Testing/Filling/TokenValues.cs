using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlightRecorder.Testing;

/// <summary>Makes a token of a type: the value, and its text in JSON. Null where the type, or the member's rules, leave no room for a unique one.</summary>
internal sealed class TokenValues(TokenMint mint)
{
    // As many digits as tell a number from any that stands in a recording by chance.
    private const int IntDigits = 10;
    private const int LongDigits = 15;

    public (object Value, string Text)? Of(Type type, ValueRules rules)
        => type == typeof(string) || type == typeof(object) ? Text(rules) is { } text ? (text, text) : null
            : type == typeof(Uri) ? Of($"https://canary.invalid/{mint.Text(TokenMint.UsualLength)}", text => new Uri(text))
            : type == typeof(JsonElement) ? Of(mint.Text(TokenMint.UsualLength), text => JsonSerializer.SerializeToElement(text))
            : type == typeof(JsonNode) || type == typeof(JsonValue) ? Of(mint.Text(TokenMint.UsualLength), text => JsonValue.Create(text)!)
            : type == typeof(Guid) ? Of(Id().ToString(), text => Guid.Parse(text))
            : Bytes(type) ?? Time(type) ?? Number(type, rules);

    /// <summary>An undeclared value of an enum wide enough for one.</summary>
    public (object Value, string Text)? OfEnum(Type type)
        => Number(Enum.GetUnderlyingType(type), ValueRules.None) is { } number ? (Enum.ToObject(type, number.Value), number.Text) : null;

    private static (object Value, string Text)? Of(string text, Func<string, object> parse) => (parse(text), text);

    private string? Text(ValueRules rules)
    {
        string text = rules.IsCard ? mint.CardNumber()
            : rules.IsPhone ? "+" + mint.Digits(13)
            : rules.IsEmail ? mint.Text(Room(rules, "@canary.invalid".Length)) + "@canary.invalid"
            : rules.IsUrl ? "https://canary.invalid/" + mint.Text(TokenMint.UsualLength)
            : mint.Text(Room(rules, 0));
        return text.Length < TokenMint.ShortestText || rules.BrokenBy(text) is not null ? null : text;
    }

    private static int Room(ValueRules rules, int taken)
        => Math.Clamp(Math.Max(TokenMint.UsualLength, rules.MinLength - taken), 1, Math.Max(1, rules.MaxLength - taken));

    private (object Value, string Text)? Bytes(Type type)
    {
        // 18 bytes are 24 characters of base64 without padding.
        byte[] bytes = Encoding.ASCII.GetBytes(mint.Text(18));
        string text = Convert.ToBase64String(bytes);
        return type == typeof(byte[]) ? (bytes, text)
            : type == typeof(ReadOnlyMemory<byte>) ? (new ReadOnlyMemory<byte>(bytes), text)
            : type == typeof(Memory<byte>) ? (new Memory<byte>(bytes), text)
            : null;
    }

    // A second of some thousand years; the text is what all ISO 8601 forms of it begin with.
    private (object Value, string Text)? Time(Type type)
    {
        var time = new DateTime(2200, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        time = time.AddSeconds(mint.Random.NextInt64(200_000_000_000));
        string text = time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return type == typeof(DateTime) ? (time, text)
            : type == typeof(DateTimeOffset) ? (new DateTimeOffset(time), text)
            : type == typeof(DateOnly) ? (DateOnly.FromDateTime(time), text[..10])
            : null;
    }

    private (object Value, string Text)? Number(Type type, ValueRules rules)
    {
        (decimal Low, decimal High)? room = Room(type);
        if (room is null)
        {
            return null;
        }

        decimal low = Math.Max(room.Value.Low, Math.Ceiling(rules.Minimum ?? 0));
        decimal high = Math.Min(room.Value.High, Math.Floor(rules.Maximum ?? decimal.MaxValue));
        if (high - low < 100_000_000)
        {
            return null;
        }

        decimal number = low + Math.Floor((decimal)mint.Random.NextDouble() * (high - low));
        return (Convert.ChangeType(number, type, CultureInfo.InvariantCulture), number.ToString(CultureInfo.InvariantCulture));
    }

    private static (decimal Low, decimal High)? Room(Type type)
        => type == typeof(int) || type == typeof(uint) ? (Power(IntDigits - 1), int.MaxValue)
            : type == typeof(long) || type == typeof(ulong) || type == typeof(double) || type == typeof(decimal) ? (Power(LongDigits - 1), Power(LongDigits) - 1)
            : null;

    private static decimal Power(int digits) => (decimal)Math.Pow(10, digits);

    private Guid Id()
    {
        byte[] bytes = new byte[16];
        mint.Random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
