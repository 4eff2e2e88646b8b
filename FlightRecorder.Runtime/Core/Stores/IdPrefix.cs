using System.Text;

namespace FlightRecorder;

/// <summary>The beginning of a recording's id as a person types it: hexadecimal digits in any case, with or without hyphens.</summary>
internal readonly record struct IdPrefix
{
    private const int FullLength = 36;

    private static readonly int[] s_hyphens = [8, 13, 18, 23];

    private IdPrefix(string text) => Text = text;

    /// <summary>As ids are written: lower case, with hyphens.</summary>
    public string Text { get; }

    public bool IsFull => Text.Length == FullLength;

    public static bool TryParse(string? typed, out IdPrefix prefix)
    {
        prefix = default;
        if (string.IsNullOrEmpty(typed) || typed.Length > FullLength)
        {
            return false;
        }

        var text = new StringBuilder(FullLength);
        foreach (char c in typed)
        {
            bool atHyphen = s_hyphens.Contains(text.Length);
            if (atHyphen)
            {
                text.Append('-');
            }

            if (char.IsAsciiHexDigit(c))
            {
                text.Append(char.ToLowerInvariant(c));
            }
            else if (c != '-' || !atHyphen)
            {
                return false;
            }
        }

        prefix = new IdPrefix(text.ToString());
        return text.Length <= FullLength;
    }

    public bool Matches(Guid id) => id.ToString("D").StartsWith(Text, StringComparison.Ordinal);
}
