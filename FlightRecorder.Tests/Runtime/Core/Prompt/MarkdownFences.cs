using System.Text;

namespace FlightRecorder.Tests.Core.Prompt;

/// <summary>Splits Markdown by the rules of CommonMark for fenced code blocks.</summary>
internal static class MarkdownFences
{
    /// <summary>What stands outside of every fence, and what within.</summary>
    public static (string Outside, string Inside) Split(string markdown)
    {
        StringBuilder outside = new();
        StringBuilder inside = new();
        string? fence = null;
        foreach (string line in markdown.Split('\n'))
        {
            string mark = Mark(line);
            if (fence is null)
            {
                fence = mark.Length > 0 ? mark : null;
                (fence is null ? outside : inside).Append(line).Append('\n');
                continue;
            }

            bool closes = mark.Length >= fence.Length && mark[0] == fence[0] && line.Trim(' ', '\t') == mark;
            fence = closes ? null : fence;
            inside.Append(line).Append('\n');
        }

        return fence is null ? (outside.ToString(), inside.ToString()) : throw new FormatException("A fence is left open.");
    }

    private static string Mark(string line)
    {
        string text = line.TrimStart(' ');
        if (line.Length - text.Length > 3 || text.Length < 3 || text[0] is not ('`' or '~'))
        {
            return "";
        }

        string mark = new(text[0], text.TakeWhile(c => c == text[0]).Count());
        return mark.Length < 3 || (mark[0] == '`' && text[mark.Length..].Contains('`')) ? "" : mark;
    }
}
