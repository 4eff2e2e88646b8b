using System.Text;
using FlightRecorder.PostgreSql;

namespace FlightRecorder.Cli;

/// <summary>Dead letters, to be read.</summary>
internal static class DeadLetterPage
{
    public static void WriteList(Page page, IReadOnlyList<DeadLetter> letters)
    {
        int width = Units.Number(letters.Count).Length;
        for (int i = 0; i < letters.Count; i++)
        {
            page.Cell(Units.Number(i + 1), width, isNumber: true)
                .Text("  ").Text(Units.Time(letters[i].At), Style.Faint)
                .Text("  ").Text(What(letters[i]), Style.Strong)
                .Text("  ").Line(letters[i].Reason, Style.Bad);
        }
    }

    /// <summary>The reason, and the recording; what is none is shown as it was written.</summary>
    public static void Write(Page page, DeadLetter letter)
    {
        page.Text("refused ", Style.Faint).Text(Units.ExactTime(letter.At)).Text(": ").Line(letter.Reason, Style.Bad).Line();
        if (RecordingParser.TryRead(letter.Line.Span) is { } recording)
        {
            RecordingPage.Write(page, recording);
        }
        else
        {
            page.Line(Encoding.UTF8.GetString(letter.Line.Span));
        }
    }

    private static string What(DeadLetter letter)
    {
        if (SummaryParser.TryRead(letter.Line.Span, out RecordingSummary? found) != LineContent.Recording || found is null)
        {
            return Units.Count(letter.Line.Length, "byte") + ", no recording of this version";
        }

        string what = found.Method is null ? $"{RecordingWords.Of(found.Kind)} {found.Name}".TrimEnd() : $"{found.Method} {found.Path}";
        return $"{found.Id:D}  {what}";
    }
}
