using System.Net;
using System.Text;

namespace FlightRecorder.Testing;

/// <summary>
/// A text as it stands, and as it reads with its escapes undone, up to three deep: JSON, percent, HTML, and the zero bytes of
/// UTF-16. Written apart from the recorder's own decoding, so that one fault cannot hide in both.
/// </summary>
internal static class DecodedLayers
{
    private const int MaxDepth = 3;
    private const int MaxLayers = 40;

    private static readonly (string Name, string Mark, Func<string, string> Decode)[] s_decoders =
    [
        ("JSON escape", "\\", UnescapeJson),
        ("percent", "%", Uri.UnescapeDataString),
        ("form", "+", WebUtility.UrlDecode),
        ("HTML entity", "&", WebUtility.HtmlDecode),
        ("UTF-16", "\0", text => text.Replace("\0", "", StringComparison.Ordinal)),
    ];

    public static IReadOnlyList<Layer> Of(string text)
    {
        var layers = new List<Layer> { new("", text) };
        var known = new HashSet<string>(StringComparer.Ordinal) { text };
        int from = 0;
        for (int depth = 0; depth < MaxDepth && from < layers.Count; depth++)
        {
            int to = layers.Count;
            for (; from < to; from++)
            {
                AddDecoded(layers[from], layers, known);
            }
        }

        return layers;
    }

    private static void AddDecoded(Layer layer, List<Layer> layers, HashSet<string> known)
    {
        foreach ((string name, string mark, Func<string, string> decode) in s_decoders)
        {
            if (layers.Count < MaxLayers && layer.Text.Contains(mark, StringComparison.Ordinal) && decode(layer.Text) is var decoded && known.Add(decoded))
            {
                layers.Add(new Layer(layer.Encoding.Length == 0 ? name : layer.Encoding + ", " + name, decoded));
            }
        }
    }

    private static string UnescapeJson(string text)
    {
        var decoded = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                decoded.Append(text[i]);
            }
            else if (text[++i] == 'u' && i + 4 < text.Length && ushort.TryParse(text.AsSpan(i + 1, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out ushort unit))
            {
                decoded.Append((char)unit);
                i += 4;
            }
            else
            {
                decoded.Append(Simple(text[i]));
            }
        }

        return decoded.ToString();
    }

    private static char Simple(char escaped) => escaped switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\b',
        'f' => '\f',
        _ => escaped,
    };
}

/// <summary>A text after some escapes were undone.</summary>
/// <param name="Encoding">Which, in order; empty for the text as it stands.</param>
/// <param name="Text">The text.</param>
internal sealed record Layer(string Encoding, string Text)
{
    /// <summary>Its runs of base64 and hex characters, with those of base64url made those of base64: little is left of most texts.</summary>
    public string Runs { get; } = EncodedRuns.Of(Text);

    /// <summary>The runs in capitals.</summary>
    public string UpperRuns => field ??= Runs.ToUpperInvariant();
}
