namespace FlightRecorder;

/// <summary>
/// Finds values that are secrets by their shape, whatever they are called: JWTs, PEM blocks, bearer tokens, card numbers, and the
/// passwords of connection strings and URLs. What is found is added to the secrets, so that scrubbing hides it wherever it stands.
/// </summary>
internal static class SecretShapes
{
    /// <summary>Shorter text holds none of the shapes.</summary>
    public const int MinLength = 9;

    /// <summary>Whether a text is worth <see cref="Collect"/>, also JSON text, in which the anchors may be escaped; false is certain.</summary>
    public static bool MayBeIn(ReadOnlySpan<byte> text)
    {
        if (text.Length < MinLength || !TextSigns.IsSupported)
        {
            return text.Length >= MinLength && MayBeInSlowly(text);
        }

        var signs = default(TextSigns);
        signs.Look(text);
        return signs.MayHoldShape;
    }

    /// <summary>The same for a text that was looked over before, where <see cref="TextSigns.IsSupported"/>.</summary>
    public static bool MayBeIn(ReadOnlySpan<byte> text, in TextSigns signs)
        => text.Length >= MinLength && (TextSigns.IsSupported ? signs.MayHoldShape : MayBeInSlowly(text));

    private static bool MayBeInSlowly(ReadOnlySpan<byte> text)
        => text.IndexOf("eyJ"u8) >= 0
            || BearerShape.MayBeIn(text)
            || text.IndexOf("://"u8) >= 0
            || text.Contains((byte)'=')
            || text.IndexOf("-----BEGIN "u8) >= 0
            || text.IndexOf(@"\u00"u8) >= 0
            || text.IndexOf(@":\/"u8) >= 0
            || JsonPairShape.MayBeEscapedIn(text)
            || DigitRuns.Next(text, 0).Start < text.Length;

    /// <summary>Adds what a text, without escapes, holds.</summary>
    public static void Collect(ReadOnlySpan<byte> text, SecretSet secrets)
    {
        JwtShape.Collect(text, secrets);
        PemShape.Collect(text, secrets);
        BearerShape.Collect(text, secrets);
        CardShape.Collect(text, secrets);
        ConnectionStringShape.Collect(text, secrets);
        UrlPasswordShape.Collect(text, secrets);
    }
}
