using System.Globalization;
using System.Text;

namespace FlightRecorder;

/// <summary>What became of a canary's tokens.</summary>
public sealed record CanaryReport
{
    /// <summary>The tokens that were looked for.</summary>
    public required IReadOnlyList<CanaryToken> Tokens { get; init; }

    /// <summary>The marked members that could carry none; nothing is proved about them.</summary>
    public required IReadOnlyList<UncarriedMember> NotCarried { get; init; }

    /// <summary>The tokens that were found; none is what should be.</summary>
    public required IReadOnlyList<CanaryLeak> Leaks { get; init; }

    /// <summary>How many recordings of this test were among what was searched.</summary>
    public required int Recordings { get; init; }

    /// <summary>What was searched, such as <c>3 recordings</c>, <c>3 prompts</c>, <c>2 files</c>, <c>17 log lines</c>.</summary>
    public required IReadOnlyList<string> Searched { get; init; }

    /// <summary>Whether there were tokens, and a recording in which they could have leaked.</summary>
    public bool Proves => Tokens.Count > 0 && Recordings > 0;

    /// <summary>Fails when a token leaked, or when the flight proved nothing.</summary>
    /// <exception cref="CanaryLeakException">A token was found, there was none, or nothing was recorded.</exception>
    public void ThrowIfLeaked()
    {
        if (Leaks.Count > 0 || !Proves)
        {
            throw new CanaryLeakException(this);
        }
    }

    /// <summary>Each leak on a line, then what was searched and what carried no token.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(Verdict());
        foreach (CanaryLeak leak in Leaks)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {leak}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"{Tokens.Count} tokens; searched: {string.Join(", ", Searched)}.");
        foreach (UncarriedMember member in NotCarried)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  without a token: {member.Member}: {member.Why}");
        }

        return text.ToString();
    }

    private string Verdict()
        => Leaks.Count > 0 ? $"{Leaks.Count} leaks:"
            : Tokens.Count == 0 ? "Nothing is proved: no member is marked, so there was no token to look for."
            : Recordings == 0 ? "Nothing is proved: no request of this test was recorded."
            : "No leak.";
}
