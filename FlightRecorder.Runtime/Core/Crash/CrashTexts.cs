using System.Diagnostics;

namespace FlightRecorder;

/// <summary>What an error says: all of its line that may echo what a request brought. Rendered once, and then scrubbed.</summary>
internal sealed class CrashTexts
{
    private const string Hidden = "(hidden: it could not be searched for the secrets of the requests in the air)";

    // The process is dying, and its supervisor waits.
    private static readonly TimeSpan MaxScrubbing = TimeSpan.FromMilliseconds(250);

    private readonly object? _error;
    private readonly KeyValuePair<string, object?>[] _extra;

    // When it was scrubbed first: in a process where nothing was encoded yet, that has the code compiled.
    private long _scrubbedAt;

    private CrashTexts(object? error, string name, string message, string stack, KeyValuePair<string, object?>[] extra)
    {
        _error = error;
        Name = name;
        Message = message;
        Stack = stack;
        _extra = extra;
    }

    /// <summary>The type; it is the app's own word.</summary>
    public string Name { get; }

    public string Message { get; private set; }

    public string Stack { get; private set; }

    public KeyValuePair<string, object?>[] Extra => _extra;

    /// <summary>Whether there is no time for more; what is not searched is to be hidden.</summary>
    public bool IsOutOfTime => _scrubbedAt != 0 && Stopwatch.GetElapsedTime(_scrubbedAt) > MaxScrubbing;

    public static CrashTexts Of(in CrashRecord record)
    {
        string? caller = record.Caller is null ? null : CallerStack.Render(record.Caller);
        (string name, string message) = CrashEncoder.Describe(record.Error);
        string stack = record.Error is Exception exception
            ? ExceptionText.Stack(exception, name, message, caller)
            : $"{ExceptionText.Head(name, message)}\n{caller}";
        return new CrashTexts(record.Error, name, message, stack, record.Extra);
    }

    /// <summary>The same, to be scrubbed further by somebody else.</summary>
    public CrashTexts Copy() => new(_error, Name, Message, Stack, [.. _extra]);

    /// <summary>Hides what the encoder has learnt of a recording.</summary>
    public void Scrub(LineEncoder encoder)
    {
        Message = encoder.Scrub(Message);
        Stack = encoder.Scrub(Stack);
        for (int i = 0; i < _extra.Length; i++)
        {
            (string name, object? value) = _extra[i];
            _extra[i] = KeyValuePair.Create(name, Scrubbed(value, encoder));
        }

        _scrubbedAt = _scrubbedAt == 0 ? Stopwatch.GetTimestamp() : _scrubbedAt;
    }

    /// <summary>Leaves what cannot be anybody's secret: the type, the frames, and the names of members.</summary>
    public void Hide()
    {
        Message = Hidden;
        string? frames = _error is Exception exception ? ExceptionParts.Stack(exception) : null;
        Stack = frames is null ? Name : $"{Name}\n{frames}";
        for (int i = 0; i < _extra.Length; i++)
        {
            _extra[i] = KeyValuePair.Create(_extra[i].Key, (object?)Hidden);
        }
    }

    // Frozen: a text, a number or the like, or JSON.
    private static object? Scrubbed(object? value, LineEncoder encoder) => value switch
    {
        string text => encoder.Scrub(text),
        JsonFragment json => new JsonFragment(encoder.ScrubJson(json.Utf8)),
        bool or null => value,
        IFormattable other => Scrubbed(other, encoder),
        _ => value,
    };

    private static object Scrubbed(IFormattable value, LineEncoder encoder)
    {
        string text = value.ToString(null, System.Globalization.CultureInfo.InvariantCulture);
        string scrubbed = encoder.Scrub(text);
        return ReferenceEquals(scrubbed, text) ? value : scrubbed;
    }
}
