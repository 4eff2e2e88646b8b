namespace FlightRecorder;

/// <summary>
/// A value that is itself the text of JSON, or holds some, with a hidden name in it: the whole of it is a secret, since what belongs to
/// the name may be anything, and what follows the name is one of its own.
/// </summary>
internal static class JsonPairShape
{
    /// <summary>Whether a text is worth <see cref="Collect"/>; false is certain.</summary>
    public static bool MayBeIn(ReadOnlySpan<char> text)
        => text.ContainsAny('"', '\'') && (text.Contains("\":", StringComparison.Ordinal) || text.Contains("\" :", StringComparison.Ordinal) || text.Contains("':", StringComparison.Ordinal));

    /// <summary>Adds the text, once its escapes are gone, and what it holds.</summary>
    /// <param name="text">The text.</param>
    /// <param name="names">The names whose values are hidden.</param>
    /// <param name="rules">The rules of the recording.</param>
    /// <param name="ignored">Room for a copy of the text.</param>
    /// <param name="secrets">Where secrets go.</param>
    public static void Collect(ReadOnlySpan<byte> text, CompiledMap names, RedactionRules rules, LineBuffer ignored, SecretSet secrets)
    {
        if (!MayBeIn(text))
        {
            return;
        }

        ignored.Clear();
        if (TextRedactor.Redact(text, TextNotation.QuotedColon, names, rules, ignored, secrets))
        {
            secrets.AddShaped(text);
        }
    }

    /// <summary>The same for JSON text, whose strings may hold such a text with its quotes escaped.</summary>
    public static bool MayBeEscapedIn(ReadOnlySpan<byte> json) => json.IndexOf("\\\":"u8) >= 0 || json.IndexOf("\\\" :"u8) >= 0;

    /// <summary>Whether the quote escaped at a place of JSON text ends a name.</summary>
    public static bool IsAt(ReadOnlySpan<byte> json, int at)
        => json[at..].StartsWith("\\\""u8) && json[(at + 2)..].TrimStart(" "u8).StartsWith(":"u8);

    private static bool MayBeIn(ReadOnlySpan<byte> text) => text.Contains((byte)':') && (text.IndexOf("\":"u8) >= 0 || text.IndexOf("\" :"u8) >= 0 || text.IndexOf("':"u8) >= 0);
}
