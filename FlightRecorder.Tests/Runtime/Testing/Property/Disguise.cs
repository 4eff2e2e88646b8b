using System.Net;
using System.Text;

namespace FlightRecorder.Tests.Testing.Property;

/// <summary>The encodings in which an app may repeat a value.</summary>
internal enum Disguise
{
    Plain,
    Base64,
    Base64Url,
    HexLower,
    HexUpper,
    PercentAll,
    PercentLower,
    PercentUsual,
    Form,
    JsonAll,
    HtmlDecimal,
    HtmlHex,
    HtmlUsual,
    Base64OfUtf16,
    HexOfUtf16,
    Utf16,
}

/// <summary>Encodes values, with neighbours that shift their alignment.</summary>
internal static class Disguises
{
    private static readonly Disguise[] s_all = Enum.GetValues<Disguise>();

    public static Disguise Pick(Random random, string secret)
    {
        Disguise disguise = s_all[random.Next(s_all.Length)];
        bool needsLength = disguise is Disguise.Base64 or Disguise.Base64Url or Disguise.HexLower or Disguise.HexUpper or Disguise.Base64OfUtf16 or Disguise.HexOfUtf16;
        return needsLength && !Secrets.IsLong(secret) ? Disguise.Plain : disguise;
    }

    public static string Apply(Disguise disguise, string secret, Random random) => disguise switch
    {
        Disguise.Base64 => Convert.ToBase64String(Padded(Encoding.UTF8.GetBytes(secret), random, 1)),
        Disguise.Base64Url => Convert.ToBase64String(Padded(Encoding.UTF8.GetBytes(secret), random, 1)).Replace('+', '-').Replace('/', '_').TrimEnd('='),
        Disguise.HexLower => Convert.ToHexStringLower(Padded(Encoding.UTF8.GetBytes(secret), random, 1)),
        Disguise.HexUpper => Convert.ToHexString(Encoding.UTF8.GetBytes(secret)),
        Disguise.PercentAll => string.Concat(Encoding.UTF8.GetBytes(secret).Select(value => $"%{value:X2}")),
        Disguise.PercentLower => string.Concat(Encoding.UTF8.GetBytes(secret).Select(value => $"%{value:x2}")),
        Disguise.PercentUsual => Uri.EscapeDataString(secret),
        Disguise.Form => WebUtility.UrlEncode(secret),
        Disguise.JsonAll => string.Concat(secret.Select(unit => $"\\u{(int)unit:x4}")),
        Disguise.HtmlDecimal => string.Concat(secret.EnumerateRunes().Select(rune => $"&#{rune.Value};")),
        Disguise.HtmlHex => string.Concat(secret.EnumerateRunes().Select(rune => $"&#x{rune.Value:X};")),
        Disguise.HtmlUsual => WebUtility.HtmlEncode(secret),
        Disguise.Base64OfUtf16 => Convert.ToBase64String(Padded(Encoding.Unicode.GetBytes(secret), random, 2)),
        Disguise.HexOfUtf16 => Convert.ToHexString(Encoding.Unicode.GetBytes(secret)),
        Disguise.Utf16 => string.Concat(secret.Select(unit => $"{unit}\0")),
        _ => secret,
    };

    // ASCII neighbours: what stands before and behind is text too.
    private static byte[] Padded(byte[] value, Random random, int width)
    {
        byte[] before = [.. Enumerable.Range(0, random.Next(4) * width).Select(index => index % width == 0 ? (byte)random.Next('a', 'z') : (byte)0)];
        byte[] behind = [.. Enumerable.Range(0, random.Next(4) * width).Select(index => index % width == 0 ? (byte)random.Next('a', 'z') : (byte)0)];
        return [.. before, .. value, .. behind];
    }
}
