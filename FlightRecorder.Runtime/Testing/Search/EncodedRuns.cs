using System.Text;

namespace FlightRecorder.Testing;

/// <summary>Picks out of a text what could be base64 or hex.</summary>
internal static class EncodedRuns
{
    /// <summary>A shorter run stands in a recording by chance: ids and checksums are hex too.</summary>
    public const int Shortest = 8;

    /// <summary>The runs, apart by a blank, with <c>-</c> and <c>_</c> as <c>+</c> and <c>/</c>.</summary>
    public static string Of(string text)
    {
        var runs = new StringBuilder();
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '+' or '/' or '-' or '_'))
            {
                continue;
            }

            if (i - start >= Shortest)
            {
                runs.Append(text, start, i - start).Append(' ');
            }

            start = i + 1;
        }

        return runs.Replace('-', '+').Replace('_', '/').ToString();
    }
}
