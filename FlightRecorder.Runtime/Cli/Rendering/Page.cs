namespace FlightRecorder.Cli;

/// <summary>
/// The only way to the terminal: every text passes <see cref="SafeText"/> here, and only the page itself writes colour and
/// line feeds, so that no recording can steer the terminal.
/// </summary>
internal sealed class Page(TextWriter output, bool hasColor)
{
    private const string Reset = "\u001b[0m";

    public Page Text(string text, Style style = Style.Plain)
    {
        string safe = SafeText.Of(text);
        output.Write(hasColor && style != Style.Plain ? Code(style) + safe + Reset : safe);
        return this;
    }

    /// <summary>Text filled up with spaces to a width, counted in characters as shown.</summary>
    public Page Cell(string text, int width, Style style = Style.Plain, bool isNumber = false)
    {
        string pad = new(' ', Math.Max(0, width - SafeText.Of(text).Length));
        return isNumber ? Text(pad).Text(text, style) : Text(text, style).Text(pad);
    }

    public Page Line(string text = "", Style style = Style.Plain)
    {
        Text(text, style);
        output.Write('\n');
        return this;
    }

    public Page Heading(string text) => Line().Line(text, Style.Strong);

    /// <summary>Text of several lines, each indented.</summary>
    public Page Block(string text, int indent = 0, Style style = Style.Plain)
    {
        string margin = new(' ', indent);
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            string shown = line.TrimEnd('\r').Replace("\t", "    ", StringComparison.Ordinal);
            Text(shown.Length > 0 ? margin : "").Line(shown, style);
        }

        return this;
    }

    private static string Code(Style style) => style switch
    {
        Style.Strong => "\u001b[1m",
        Style.Faint => "\u001b[2m",
        Style.Good => "\u001b[32m",
        Style.Warning => "\u001b[33m",
        _ => "\u001b[31m",
    };
}
