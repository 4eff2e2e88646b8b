using System.Text;
using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>
/// A route's template, compiled for writing paths. A value is shown only when no rule hides its name and it looks like an id
/// (a few digits, a GUID, three characters): it may be a secret that is known as one only later, from the body.
/// </summary>
internal sealed class SlotPath
{
    private const int MaxDigits = 10;
    private const int MaxShort = 3;
    private const int GuidLength = 36;

    private readonly List<Piece> _pieces = [];

    /// <summary>Text as it stands, or a parameter with what stands for a value that is not shown.</summary>
    private readonly record struct Piece(byte[] Text, string? Name, bool IsHidden);

    public SlotPath(string template, RedactionMap? parameters, RedactionRules rules)
    {
        Rules = rules;
        CompiledMap names = rules.For(parameters, RedactionPlace.Params);
        int at = 0;
        AddText(template.StartsWith('/') ? "" : "/");
        while (at < template.Length)
        {
            int open = template.IndexOf('{', at);
            AddText(open < 0 ? template[at..] : template[at..open]);
            at = open < 0 ? template.Length : AddParameter(template, open, names);
        }
    }

    public RedactionRules Rules { get; }

    /// <summary>Writes the path, cut where it is too long.</summary>
    /// <returns>How many bytes it takes.</returns>
    public int Write(List<NameValues> values, Span<byte> to)
    {
        int length = 0;
        foreach (Piece piece in _pieces)
        {
            string? value = piece.Name is null ? null : Find(values, piece.Name);
            if (piece.Name is not null && value is null)
            {
                continue;
            }

            length += value is not null && !piece.IsHidden && IsShown(value)
                ? SlotText.Copy(value, to[length..])
                : Copy(piece.Text, to[length..]);
        }

        return length;
    }

    private static int Copy(byte[] text, Span<byte> to)
    {
        int length = Math.Min(text.Length, to.Length);
        text.AsSpan(0, length).CopyTo(to);
        return length;
    }

    private static string? Find(List<NameValues> values, string name)
    {
        foreach (NameValues value in values)
        {
            if (value.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return value.Values.Count > 0 ? value.Values[0] : null;
            }
        }

        return null;
    }

    private static bool IsShown(string value)
        => value.Length <= MaxShort
            || (value.Length <= MaxDigits && !value.AsSpan().ContainsAnyExceptInRange('0', '9'))
            || (value.Length == GuidLength && Guid.TryParseExact(value, "D", out _));

    private void AddText(string text)
    {
        if (text.Length > 0)
        {
            _pieces.Add(new Piece(Encoding.UTF8.GetBytes(text), null, false));
        }
    }

    // {id}, {id:int}, {id?}, {id=5}, {**rest}, {ssn:regex(^\\d{{3}}$)}: returns where it ends.
    private int AddParameter(string template, int open, CompiledMap names)
    {
        int end = open + 1;
        while (end < template.Length && template[end] != '}')
        {
            end += template.AsSpan(end).StartsWith("{{") ? DoubledEnd(template, end) : 1;
        }

        ReadOnlySpan<char> inner = template.AsSpan(open + 1, end - open - 1).TrimStart('*');
        int cut = inner.IndexOfAny(":?=");
        string name = (cut < 0 ? inner : inner[..cut]).ToString();
        bool isHidden = names.Find(name).IsHidden || Rules.Unknown.Find(name).IsHidden;
        _pieces.Add(new Piece(isHidden ? Rules.Replacement : Encoding.UTF8.GetBytes('{' + name + '}'), name, isHidden));
        return Math.Min(end + 1, template.Length);
    }

    // Braces of a regular expression are doubled: the length up to the end of the pair that closes.
    private static int DoubledEnd(string template, int from)
    {
        int close = template.IndexOf("}}", from, StringComparison.Ordinal);
        return close < 0 ? template.Length - from : close + 2 - from;
    }
}
