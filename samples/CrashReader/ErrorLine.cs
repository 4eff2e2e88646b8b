using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CrashReader;

/// <summary>One error of the file.</summary>
internal sealed class ErrorLine(JsonElement members)
{
    private static readonly string[] Own = ["ts", "kind", "name", "message", "stack"];

    /// <summary>Null for what is no error: half a line, zeros, text that is no Unicode, something else.</summary>
    public static ErrorLine? TryParse(byte[] line)
    {
        try
        {
            var read = new ErrorLine(JsonElement.Parse(line));
            return read.IsWhole() ? read : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public bool Fits(Options options)
        => (options.Kind is null || Text("kind") == options.Kind)
            && Holds("name", options.Name)
            && Holds("message", options.Message)
            && (options.Since is null || Time() >= options.Since)
            && (options.Until is null || Time() < options.Until)
            && options.Members.All(member => members.TryGetProperty(member.Key, out _) && Text(member.Key) == member.Value);

    /// <summary>One line, and with the stack its frames below.</summary>
    public string Told(bool hasStack)
    {
        var told = new StringBuilder();
        told.Append(CultureInfo.InvariantCulture, $"{Shown("ts")}  {Shown("kind")}  {Shown("name")}: {Shown("message")}");
        foreach (JsonProperty member in members.EnumerateObject().Where(member => !Own.Contains(member.Name)))
        {
            told.Append(CultureInfo.InvariantCulture, $"  {Visible.Of(member.Name)}={Shown(member.Name)}");
        }

        told.Append('\n');
        foreach (string frame in hasStack ? Text("stack").Split('\n') : [])
        {
            told.Append("    ").Append(Visible.Of(frame)).Append('\n');
        }

        return told.ToString();
    }

    // Text is decoded when it is asked for: only then it is known to be any.
    private bool IsWhole() => members.ValueKind == JsonValueKind.Object
        && Own.All(name => members.TryGetProperty(name, out _))
        && members.EnumerateObject().All(member => Text(member.Name) is not null);

    private bool Holds(string member, string? part) => part is null || Text(member).Contains(part, StringComparison.OrdinalIgnoreCase);

    private DateTimeOffset? Time()
        => DateTimeOffset.TryParse(Text("ts"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;

    private string Shown(string member) => Visible.Of(Text(member));

    // A text as it is, anything else as its JSON.
    private string Text(string member)
    {
        JsonElement value = members.GetProperty(member);
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
    }
}
