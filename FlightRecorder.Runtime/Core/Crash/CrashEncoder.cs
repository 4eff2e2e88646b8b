using System.Text;

namespace FlightRecorder;

/// <summary>Writes the line of an error; used by one thread at a time.</summary>
internal sealed class CrashEncoder(CrashContext context)
{
    /// <summary>What an error is called that is no exception.</summary>
    public const string OtherName = "Error";

    private readonly LineBuffer _line = new();
    private readonly LineBuffer _text = new(256);

    /// <summary>{"ts","kind","name","message","stack", context, extra} and a line feed; valid until the next call.</summary>
    public ReadOnlySpan<byte> Encode(in CrashRecord record)
    {
        CrashTexts texts = record.Texts ?? CrashTexts.Of(record);
        _line.Clear();
        _line.Raw("{\"ts\":"u8);
        _line.Time(record.Time);
        _line.Member("kind"u8).Text(Word(record.Kind));
        _line.Member("name"u8).Text(texts.Name);
        _line.Member("message"u8).Text(texts.Message);
        _line.Member("stack"u8).Text(texts.Stack);
        context.Write(texts.Extra, _line, _text);
        _line.Raw("}\n"u8);
        return _line.Written;
    }

    /// <summary>Name and message of an error; a value that is no exception is told as JSON, a text as itself.</summary>
    public static (string Name, string Message) Describe(object? error)
        => error is Exception exception ? (ExceptionText.Name(exception), ExceptionText.Message(exception)) : (OtherName, Told(error));

    public static ReadOnlySpan<byte> Word(CrashKind kind) => kind switch
    {
        CrashKind.Uncaught => "uncaught"u8,
        CrashKind.Unobserved => "unobserved"u8,
        _ => "manual"u8,
    };

    private static string Told(object? error)
    {
        object? frozen = FrozenValue.Of(error);
        if (frozen is string text)
        {
            return text;
        }

        var json = new LineBuffer(256);
        FrozenValue.Write(frozen, json, new LineBuffer(256));
        ReadOnlySpan<byte> written = json.Written;
        return Encoding.UTF8.GetString(written is [(byte)'"', .., (byte)'"'] ? written[1..^1] : written);
    }
}
