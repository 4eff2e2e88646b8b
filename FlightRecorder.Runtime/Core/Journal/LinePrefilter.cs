using System.Globalization;
using System.Text;

namespace FlightRecorder;

/// <summary>
/// Which lines can meet a filter at all, told from their bytes: what is ruled out is neither checked nor parsed. Sound because
/// the encoder escapes nothing that is printable ASCII but <c>"</c> and <c>\</c>; bodies keep the escapes of who sent them.
/// </summary>
internal sealed class LinePrefilter
{
    // Shorter pieces are in every line.
    private const int MinPiece = 2;

    private readonly Needle[] _needles;
    private readonly bool _mayBeEscaped;

    private LinePrefilter(List<string> pieces, bool mayBeEscaped)
    {
        _needles = [.. pieces.Select(Needle.Of)];
        _mayBeEscaped = mayBeEscaped;
    }

    /// <summary>Whether many lines can be ruled out at once, by their first needle.</summary>
    public bool RulesOutBlocks => !_mayBeEscaped;

    /// <summary>Null where the filter leaves no trace in the bytes.</summary>
    public static LinePrefilter? Of(JournalFilter filter)
    {
        RecordingQuery query = filter.Query;
        var pieces = new List<string>();
        AddValue(pieces, query.RequestId);
        AddValue(pieces, query.TraceId);
        AddValue(pieces, query.ActorId);
        AddPiece(pieces, query.Route is { } route ? LongestPlain(route.Split('*').Select(part => part.Trim('/'))) : "");
        if (ErrorSearch.Of(query) is { } errors)
        {
            AddPiece(pieces, LongestPlain(errors.Words));
            pieces.Add("\"errors\":[");
        }

        if (query.Status is { } status)
        {
            pieces.Add(string.Create(CultureInfo.InvariantCulture, $"\"status\":{status}"));
        }

        if (query.Outcome is { } outcome and not RecordingOutcome.Unknown)
        {
            pieces.Add($"\"outcome\":\"{RecordingWords.Of(outcome)}\"");
        }

        if (pieces.Count > 0)
        {
            return new LinePrefilter(pieces, mayBeEscaped: false);
        }

        AddPiece(pieces, LongestPlain(Words(filter.Text ?? "")));
        return pieces.Count > 0 ? new LinePrefilter(pieces, mayBeEscaped: true) : null;
    }

    /// <summary>The lines of recordings whose id begins so.</summary>
    public static LinePrefilter OfId(IdPrefix prefix) => new(["\"id\":\"" + prefix.Text], mayBeEscaped: false);

    /// <summary>The lines that name an actor, or anything else, so.</summary>
    public static LinePrefilter? OfActor(string id) => Of(new JournalFilter(new RecordingQuery { ActorId = id }));

    public bool MayMatch(ReadOnlySpan<byte> line)
    {
        foreach (Needle needle in _needles)
        {
            if (!needle.IsIn(line))
            {
                return _mayBeEscaped && line.IndexOf(@"\u00"u8) >= 0;
            }
        }

        return true;
    }

    /// <summary>A byte of the last line that may match; -1 when none does. Only where whole blocks can be ruled out.</summary>
    public int LastHit(ReadOnlySpan<byte> lines) => _needles[0].LastIndexOf(lines);

    private static void AddValue(List<string> pieces, string? value)
    {
        string plain = LongestPlain([value ?? ""]);
        AddPiece(pieces, plain.Length > 0 && plain.Length == value?.Length ? $"\"{plain}\"" : plain);
    }

    private static void AddPiece(List<string> pieces, string piece)
    {
        if (piece.Length >= MinPiece)
        {
            pieces.Add(piece);
        }
    }

    // Runs of what no encoder writes in another way.
    private static string LongestPlain(IEnumerable<string> parts)
        => parts.SelectMany(part => Runs(part, c => c is >= ' ' and <= '~' and not ('"' or '\\'))).MaxBy(run => run.Length) ?? "";

    private static IEnumerable<string> Words(string text) => Runs(text, c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_' or '.' or ',');

    private static IEnumerable<string> Runs(string text, Func<char, bool> belongs)
    {
        var run = new StringBuilder();
        foreach (char c in text)
        {
            if (belongs(c))
            {
                run.Append(c);
            }
            else
            {
                yield return run.ToString();
                run.Clear();
            }
        }

        yield return run.ToString();
    }
}
