using System.Globalization;
using System.Net;
using System.Text;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>A random secret and the forms it may be written in.</summary>
internal sealed class Canary(Random random, string text)
{
    private static readonly string[] Alphabets =
    [
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
        "0123456789",
        "abcXYZ019-_.~!*'()@:$",
        "aZ09 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
        "aZ0äöüßéλжש漢字",
        "aZ09😀🔑é",
    ];

    public static readonly string[] Forms = ["plain", "percent", "percent twice", "form", "JSON", "HTML", "base64", "base64url", "hex", "UTF-16 in base64", "UTF-16 in hex", "UTF-16"];

    public string Text => text;

    /// <summary>A canary of 4 to 40 characters; for places that carry tokens only, of their characters.</summary>
    public static Canary Make(Random random, bool tokenOnly)
    {
        Rune[] alphabet = [.. Alphabets[random.Next(tokenOnly ? 2 : Alphabets.Length)].EnumerateRunes()];
        string text;
        do
        {
            text = string.Concat(Enumerable.Range(0, random.Next(4, 41)).Select(_ => alphabet[random.Next(alphabet.Length)].ToString()));
        }
        while (text.Length < 4 || text.Trim() != text || text.Distinct().Count() < 3);

        return new Canary(random, text);
    }

    public string As(string form) => form switch
    {
        "plain" => text,
        "percent" => Percent(text),
        "percent twice" => Percent(Percent(text)),
        "form" => WebUtility.UrlEncode(text),
        "JSON" => string.Concat(text.Select(letter => letter is '"' or '\\' ? "\\" + letter : random.Next(2) == 0 ? Escape(letter) : letter.ToString())),
        "HTML" => string.Concat(text.EnumerateRunes().Select(Entity)),
        "base64" => Base64(Encoding.UTF8),
        "base64url" => Base64(Encoding.UTF8).Replace('+', '-').Replace('/', '_').TrimEnd('='),
        "hex" => Hex(Encoding.UTF8),
        "UTF-16 in base64" => Base64(random.Next(2) == 0 ? Encoding.Unicode : Encoding.BigEndianUnicode),
        "UTF-16" => Ascii.IsValid(text) ? string.Join('\0', text.AsEnumerable()) : text,
        _ => Hex(random.Next(2) == 0 ? Encoding.Unicode : Encoding.BigEndianUnicode),
    };

    /// <summary>Whether a text holds the canary in any of its forms.</summary>
    public bool IsIn(string where) => IsIn(new Readings(where));

    public bool IsIn(Readings where) => where.Hold(text);

    private string Percent(string plain)
        => string.Concat(Encoding.UTF8.GetBytes(plain).Select(value => value < 0x80 && char.IsAsciiLetterOrDigit((char)value) && random.Next(3) > 0 ? ((char)value).ToString() : "%" + value.ToString(random.Next(2) == 0 ? "X2" : "x2", CultureInfo.InvariantCulture)));

    private string Escape(char letter) => "\\u" + ((int)letter).ToString(random.Next(2) == 0 ? "x4" : "X4", CultureInfo.InvariantCulture);

    private string Entity(Rune rune) => random.Next(3) switch
    {
        0 => $"&#{rune.Value};",
        1 => $"&#x{rune.Value:x};",
        _ => rune.Value == '&' ? "&amp;" : rune.ToString(),
    };

    // Alone, or with something around it, so that every alignment comes up.
    private string Base64(Encoding encoding) => Convert.ToBase64String([.. Around(encoding), .. encoding.GetBytes(text), .. Around(encoding)]);

    private string Hex(Encoding encoding)
    {
        string hex = Convert.ToHexString([.. Around(encoding), .. encoding.GetBytes(text), .. Around(encoding)]);
        return random.Next(2) == 0 ? hex : hex.ToLowerInvariant();
    }

    private byte[] Around(Encoding encoding) => encoding.GetBytes(new string('?', random.Next(4)));
}
