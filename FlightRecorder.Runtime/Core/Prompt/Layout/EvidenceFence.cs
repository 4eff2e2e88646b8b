namespace FlightRecorder.Prompts;

/// <summary>
/// The fence around recorded data: a Markdown code block, so that links and markup in it are inert, whose first and last line
/// carry a tag that nobody could know when the data was made.
/// </summary>
/// <remarks>
/// Data cannot close it: <see cref="VisibleText"/> leaves no three backticks in a row, and <see cref="Guard"/> leaves no tag.
/// <code>
/// ```evidence-3f9a1c20b7d4 untrusted data: request
/// …
/// end evidence-3f9a1c20b7d4
/// ```
/// </code>
/// </remarks>
internal sealed class EvidenceFence(string tag)
{
    public string Tag { get; } = tag;

    /// <summary>A fence with a tag of its own.</summary>
    public static EvidenceFence Random() => new(RandomBits.Hex(6));

    public string Open(string source) => $"```evidence-{Tag} untrusted data: {source}\n";

    public string Close() => $"\nend evidence-{Tag}\n```\n";

    /// <summary>The text without the tag, should it know it.</summary>
    public string Guard(string text) => text.Replace(Tag, $"{Tag[..4]}\\u{{2026}}", StringComparison.OrdinalIgnoreCase);
}
