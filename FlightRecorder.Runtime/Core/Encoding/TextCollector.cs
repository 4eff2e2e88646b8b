namespace FlightRecorder;

/// <summary>Finds what free texts hide, by its shape or by the name before it, so that it is known before anything is written.</summary>
internal sealed class TextCollector(SecretSet secrets)
{
    private const int MaxExceptions = 16;

    private readonly LineBuffer _text = new(256);
    private readonly LineBuffer _ignored = new(256);

    // Texts without a shape, by length: content types and the like are the same objects request after request.
    private readonly string?[] _harmless = new string?[64];

    /// <summary>The rules of this recording; set before use.</summary>
    public RedactionRules Rules { get; set; } = null!;

    /// <summary>A value without a notation.</summary>
    public void Collect(string? text) => Collect(text, isValue: true);

    /// <summary>A text in which values may stand beside secret names.</summary>
    /// <param name="text">The text.</param>
    /// <param name="notation">How they stand there.</param>
    /// <param name="isValue">Whether the text is a value, which is hidden whole where there is JSON in it.</param>
    public void Collect(string? text, TextNotation notation, bool isValue = false)
    {
        if (text is null)
        {
            return;
        }

        Collect(text, isValue);
        bool mayHoldPair = JsonPairShape.MayBeIn(text);
        if (mayHoldPair || notation == TextNotation.SqlLiteral || text.Contains('=', StringComparison.Ordinal))
        {
            CollectNamed(text, notation);
        }

        if (mayHoldPair && notation == TextNotation.SqlLiteral)
        {
            CollectNamed(text, TextNotation.QuotedColon);
        }
    }

    /// <summary>A body after redaction.</summary>
    public void Collect(BodyContent body)
    {
        if (body.Kind == BodyKind.None || !SecretShapes.MayBeIn(body.Written, body.Signs))
        {
            return;
        }

        // JSON that was cut is written as text, but whole tokens are left of it, with their escapes.
        if (body.Kind == BodyKind.Text)
        {
            SecretShapes.Collect(body.Written, secrets);
        }
        else
        {
            CollectJson(body.Written);
        }
    }

    /// <summary>Valid, compact JSON, or the beginning of such up to the end of a token.</summary>
    public void CollectJson(ReadOnlySpan<byte> json)
    {
        var leaves = new JsonLeaves(json);
        while (leaves.MoveNext())
        {
            if (leaves.Raw.Length >= SecretShapes.MinLength)
            {
                ReadOnlySpan<byte> leaf = leaves.Text(_text);
                SecretShapes.Collect(leaf, secrets);

                // JSON in a string of JSON has its quotes escaped.
                if (leaves.Raw.Contains((byte)'\\'))
                {
                    JsonPairShape.Collect(leaf, Rules.Unknown, Rules, _ignored, secrets);
                }
            }
        }
    }

    /// <summary>An exception with those inside it.</summary>
    public void Collect(Exception exception)
    {
        int left = MaxExceptions;
        Collect(exception, ref left);
    }

    public void Clear()
    {
        _text.Wipe();
        _ignored.Wipe();
    }

    private void Collect(string? text, bool isValue)
    {
        if (text is null || text.Length < SecretShapes.MinLength)
        {
            return;
        }

        ref string? harmless = ref _harmless[text.Length % _harmless.Length];
        if (ReferenceEquals(harmless, text))
        {
            return;
        }

        bool mayHoldPair = JsonPairShape.MayBeIn(text);
        ReadOnlySpan<byte> utf8 = Transcoded(text);
        if (SecretShapes.MayBeIn(utf8))
        {
            SecretShapes.Collect(utf8, secrets);
        }
        else if (text.Length < _harmless.Length && !mayHoldPair)
        {
            harmless = text;
        }

        if (isValue && mayHoldPair)
        {
            JsonPairShape.Collect(utf8, Rules.Unknown, Rules, _ignored, secrets);
        }
    }

    private void CollectNamed(string text, TextNotation notation)
    {
        _ignored.Clear();
        TextRedactor.Redact(Transcoded(text), notation, Rules.Unknown, Rules, _ignored, secrets);
    }

    private void Collect(Exception exception, ref int left)
    {
        if (left-- <= 0)
        {
            return;
        }

        Collect(ExceptionParts.Message(exception), TextNotation.Equals);
        Collect(ExceptionParts.Stack(exception), TextNotation.Equals);
        if (exception is AggregateException aggregate)
        {
            foreach (Exception inner in aggregate.InnerExceptions)
            {
                Collect(inner, ref left);
            }
        }
        else if (exception.InnerException is { } inner)
        {
            Collect(inner, ref left);
        }
    }

    private ReadOnlySpan<byte> Transcoded(string text)
    {
        _text.Clear();
        _text.Transcoded(text);
        return _text.Written;
    }
}
