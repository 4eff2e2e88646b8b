using System.Buffers;
using System.Text;
using System.Text.Json;

namespace FlightRecorder;

/// <summary>
/// The different words of a text, or of an error with those inside it: runs of letters and digits, A to Z in lower case. What a store
/// keeps of them is compared with what a later runtime makes of a query, so other letters are left as they are: how they are folded depends on the machine.
/// </summary>
internal sealed class ErrorWords
{
    /// <summary>Of a longer word so many characters count.</summary>
    public const int MaxLength = 64;

    /// <summary>So many different words count: an index need not take what no human wrote.</summary>
    public const int MaxCount = 1000;

    private const byte CaseBit = 0x20;

    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly LineBuffer _decoded = new(256);

    public IReadOnlyCollection<string> All => _words;

    public void Clear() => _words.Clear();

    public bool ContainsAll(IEnumerable<string> words) => words.All(_words.Contains);

    public void AddText(ReadOnlySpan<char> text)
    {
        int at = 0;
        while (at < text.Length && _words.Count < MaxCount)
        {
            int length = 0;
            while (at + length < text.Length && char.IsLetterOrDigit(text[at + length]))
            {
                length++;
            }

            if (length > 0)
            {
                AddWord(text.Slice(at, Math.Min(length, MaxLength)));
            }

            at += length + 1;
        }
    }

    /// <summary>Its type and message, and those of the errors inside it.</summary>
    /// <exception cref="JsonException">It is no object.</exception>
    public void AddError(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = SummaryParser.MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Not an object.");
        }

        AddError(ref reader);
    }

    /// <summary>The same of an object that the reader has just begun; it ends with it.</summary>
    public void AddError(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = Decode(ref reader);
            bool isText = name.SequenceEqual("type"u8) || name.SequenceEqual("message"u8);
            bool isInner = name.SequenceEqual("inner"u8);
            reader.Read();
            if (isText && reader.TokenType == JsonTokenType.String)
            {
                AddUtf8(Decode(ref reader));
            }
            else if (isInner && reader.TokenType == JsonTokenType.StartArray)
            {
                AddErrors(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void AddErrors(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                AddError(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    // Not GetString: that throws at half a surrogate pair, which is no letter.
    private ReadOnlySpan<byte> Decode(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        _decoded.Clear();
        JsonText.Unescape(reader.ValueSpan, _decoded);
        return _decoded.Written;
    }

    private void AddUtf8(ReadOnlySpan<byte> text)
    {
        char[] chars = ArrayPool<char>.Shared.Rent(text.Length);
        AddText(chars.AsSpan(0, Encoding.UTF8.GetChars(text, chars)));
        ArrayPool<char>.Shared.Return(chars);
    }

    private void AddWord(ReadOnlySpan<char> word)
    {
        Span<char> lower = stackalloc char[MaxLength];
        for (int i = 0; i < word.Length; i++)
        {
            lower[i] = char.IsAsciiLetterUpper(word[i]) ? (char)(word[i] | CaseBit) : word[i];
        }

        _words.GetAlternateLookup<ReadOnlySpan<char>>().Add(lower[..word.Length]);
    }
}
