using System.Text;

namespace FlightRecorder.Testing;

/// <summary>One secret value, and the forms in which it would be found in a text.</summary>
internal sealed class TokenForms
{
    private readonly string _value;
    private readonly (string Form, string Encoding)[] _base64;
    private readonly (string Form, string Encoding)[] _hex;

    public TokenForms(string value)
    {
        _value = value;
        (byte[] Bytes, string Suffix)[] texts =
        [
            (Encoding.UTF8.GetBytes(value), ""),
            (Encoding.Unicode.GetBytes(value), " of UTF-16"),
            (Encoding.BigEndianUnicode.GetBytes(value), " of UTF-16 (big-endian)"),
        ];
        _base64 = [.. texts.SelectMany(text => Base64Forms(text.Bytes).Select(form => (form, "base64" + text.Suffix))).Where(IsTelling)];
        _hex = [.. texts.Select(text => (Convert.ToHexString(text.Bytes), "hex" + text.Suffix)).Where(IsTelling)];
    }

    /// <summary>How the value stands in the text, or null when it does not.</summary>
    public string? FindIn(Layer layer)
    {
        if (layer.Text.Contains(_value, StringComparison.Ordinal))
        {
            return "as it is";
        }

        foreach ((string form, string encoding) in _base64)
        {
            if (layer.Runs.Contains(form, StringComparison.Ordinal))
            {
                return encoding;
            }
        }

        foreach ((string form, string encoding) in _hex)
        {
            if (layer.UpperRuns.Contains(form, StringComparison.Ordinal))
            {
                return encoding;
            }
        }

        return null;
    }

    private static bool IsTelling((string Form, string Encoding) form) => form.Form.Length >= EncodedRuns.Shortest;

    // Three alignments: with 0, 1 or 2 bytes before it. Characters that also hold bits of a neighbour are left out.
    private static IEnumerable<string> Base64Forms(byte[] value)
    {
        for (int before = 0; before < 3; before++)
        {
            byte[] padded = [.. new byte[before], .. value];
            int whole = padded.Length / 3 * 3;
            string encoded = Convert.ToBase64String(padded, 0, whole);
            int firstOwn = ((before * 8) + 5) / 6;
            yield return encoded[firstOwn..] + LastOwn(padded.AsSpan(whole));
        }
    }

    // Of a group that the value does not fill: 8 bits make one whole character, 16 bits make two.
    private static string LastOwn(ReadOnlySpan<byte> rest) => Convert.ToBase64String(rest)[..rest.Length];
}
