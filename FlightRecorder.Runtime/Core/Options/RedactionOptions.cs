namespace FlightRecorder;

/// <summary>What is hidden beyond <see cref="RedactAttribute"/>, and how hidden values look.</summary>
public sealed class RedactionOptions
{
    /// <summary>Names whose values are hidden at any depth, beside the built-in ones; additions take effect while running. Default: none.</summary>
    public IList<string> Names { get; set; } = [];

    /// <summary>Single places: <c>creditCard.number</c> in bodies, <c>query:token</c>, <c>params:id</c>, <c>header:x-key</c>. Default: none.</summary>
    public IList<string> Paths { get; set; } = [];

    /// <summary>What stands for a masked value, 1 to 64 characters. Default: <c>[REDACTED]</c>.</summary>
    public string Replacement { get; set; } = "[REDACTED]";

    /// <summary>The key of <see cref="RedactMode.Hash"/>, at least 16 bytes of UTF-8; from a secret store, not from source. Default: none.</summary>
    public string? HashKey { get; set; }

    /// <summary>Whether values hidden in one place are also hidden where they turn up elsewhere in the recording. Default: true.</summary>
    public bool ScrubEchoes { get; set; } = true;

    internal void Validate(OptionChecks checks)
    {
        checks.Text("Redaction:Replacement", Replacement, 1, 64);
        if (HashKey is not null && System.Text.Encoding.UTF8.GetByteCount(HashKey) < 16)
        {
            checks.Fail("Redaction:HashKey", "(hidden)", "at least 16 bytes of UTF-8");
        }

        IList<string> names = checks.Listed("Redaction:Names", Names);
        for (int i = 0; i < names.Count; i++)
        {
            checks.Text($"Redaction:Names:{i}", names[i], 1, 128);
        }

        IList<string> paths = checks.Listed("Redaction:Paths", Paths);
        for (int i = 0; i < paths.Count; i++)
        {
            RedactionPath.Check($"Redaction:Paths:{i}", paths[i], checks);
        }
    }
}
