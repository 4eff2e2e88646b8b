using System.Buffers;

namespace FlightRecorder;

/// <summary>PEM blocks (RFC 7468), but for those that are public: certificates and public keys.</summary>
internal static class PemShape
{
    private const int MaxLabel = 64;
    private const int MinContent = 16;

    private static readonly string[] PublicLabels = ["CERTIFICATE", "PUBLIC KEY", "CERTIFICATE REQUEST", "X509 CRL"];

    // What the lines of a block are made of: base64, headers, line feeds, and line feeds that were escaped twice.
    private static readonly SearchValues<byte> Content
        = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n\\:,-"u8);

    public static void Collect(ReadOnlySpan<byte> text, SecretSet secrets)
    {
        int at = 0;
        int lastEnd = text.LastIndexOf("-----END "u8);
        while (text[at..].IndexOf("-----BEGIN "u8) is >= 0 and int found)
        {
            int start = at + found;
            at = start + "-----BEGIN "u8.Length;
            int label = LabelLength(text[at..]);
            if (label <= 0 || IsPublic(text.Slice(at, label)))
            {
                continue;
            }

            int content = at + label + "-----"u8.Length;
            int end = content < lastEnd ? EndOf(text, content) : CutEndOf(text, content);
            if (end > content)
            {
                secrets.AddShaped(text[start..end]);
                at = end;
            }
        }
    }

    private static int LabelLength(ReadOnlySpan<byte> text)
        => text[..Math.Min(text.Length, MaxLabel)].IndexOf("-----"u8);

    private static bool IsPublic(ReadOnlySpan<byte> label)
    {
        foreach (string known in PublicLabels)
        {
            if (System.Text.Ascii.Equals(label, known) || (label.EndsWith("PUBLIC KEY"u8) && known == "PUBLIC KEY"))
            {
                return true;
            }
        }

        return false;
    }

    // -----END LABEL-----
    private static int EndOf(ReadOnlySpan<byte> text, int content)
    {
        int mark = content + text[content..].IndexOf("-----END "u8);
        int label = LabelLength(text[(mark + "-----END "u8.Length)..]);
        return mark + "-----END "u8.Length + (label < 0 ? 0 : label + "-----"u8.Length);
    }

    // Its end is missing: as far as it looks like a block; without content it is a mention.
    private static int CutEndOf(ReadOnlySpan<byte> text, int content)
    {
        ReadOnlySpan<byte> first = text[content..Math.Min(text.Length, content + MaxLabel)].TrimStart(" \t\r\n\\nr"u8);
        int word = first.IndexOfAnyExcept(Content);
        if ((word < 0 ? first.Length : word) < MinContent || first.IndexOfAny(" -"u8) is >= 0 and < MinContent)
        {
            return content;
        }

        int length = text[content..].IndexOfAnyExcept(Content);
        return length < 0 ? text.Length : content + length;
    }
}
