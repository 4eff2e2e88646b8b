using System.Text.Unicode;
using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>One body after redaction: what of it is written, and as what. Made before anything is written, since its secrets must be known first.</summary>
internal sealed class BodyContent(JsonRedactor redactor, FormRedactor form)
{
    private readonly LineBuffer _content = new(2048);
    private readonly LineBuffer _format = new(256);
    private TextSigns _signs;

    public BodyState State { get; private set; }

    public BodyKind Kind { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Whether <see cref="Written"/> is text, to be written as a string, rather than JSON.</summary>
    public bool IsText { get; private set; }

    public ReadOnlySpan<byte> Written => _content.Written;

    /// <summary>What one look over <see cref="Written"/> saw, where <see cref="TextSigns.IsSupported"/>.</summary>
    public ref TextSigns Signs => ref _signs;

    /// <summary>Redacts the body. Should that fail, nothing of it is written.</summary>
    /// <returns>The failure, or null.</returns>
    public Exception? Prepare(CapturedBody body, HandlerPlan? plan, RedactionRules rules, SecretSet secrets, bool allowed)
    {
        _content.Wipe();
        Kind = BodyKind.None;
        IsText = false;
        Bytes = body.Buffer.TotalBytes > 0 ? body.Buffer.TotalBytes : Math.Max(0, body.DeclaredBytes);
        State = allowed ? StateOf(body) : BodyState.None;
        if (!allowed)
        {
            Bytes = 0;
        }

        if (State is not (BodyState.Complete or BodyState.Truncated or BodyState.Partial))
        {
            return null;
        }

        try
        {
            Redact(body, plan, rules, secrets);
            if (TextSigns.IsSupported)
            {
                _signs.Look(Written);
            }

            return null;
        }
        catch (Exception error)
        {
            Refuse(BodyState.Unparsed);
            return error;
        }
    }

    public void Clear()
    {
        _content.Wipe();
        _format.Wipe();
    }

    private static BodyState StateOf(CapturedBody body) => body.State switch
    {
        BodyState.Complete or BodyState.None when body.Buffer.TotalBytes == 0 => BodyState.None,
        BodyState.Complete or BodyState.None => body.Buffer.IsTruncated ? BodyState.Truncated : BodyState.Complete,
        BodyState.Truncated or BodyState.Partial when body.Buffer.Length == 0 => BodyState.Skipped,
        BodyState state => state,
    };

    private void Redact(CapturedBody body, HandlerPlan? plan, RedactionRules rules, SecretSet secrets)
    {
        ReadOnlySpan<byte> bytes = body.Buffer.Bytes;
        ContentKind kind = ContentTypes.KindOf(body.ContentType);
        bool isCut = State != BodyState.Complete;
        switch (kind)
        {
            case ContentKind.Json:
                Json(WithoutMark(bytes), rules.ForBody(ContentTypes.IsProblem(body.ContentType) ? null : body.Map), isCut, rules, secrets);
                break;
            case ContentKind.UrlEncoded or ContentKind.Multipart:
                CompiledMap map = rules.ForBody(body.Map ?? plan?.Parameters);
                CompiledMap parameters = rules.For(plan?.Parameters, RedactionPlace.Form);
                Form(kind == ContentKind.UrlEncoded
                    ? form.TryReadUrlEncoded(bytes, isCut, map, parameters, secrets)
                    : MultipartReader.TryRead(bytes, body.ContentType!, isCut, form, map, parameters, secrets), rules);
                break;
            case ContentKind.Text:
                Text(WithoutMark(bytes), body, isCut, rules, secrets);
                break;
            default:
                Refuse(kind == ContentKind.WrongCharset ? BodyState.Unparsed : BodyState.Skipped);
                break;
        }
    }

    private void Json(ReadOnlySpan<byte> bytes, CompiledMap map, bool isCut, RedactionRules rules, SecretSet secrets)
    {
        JsonPass pass = redactor.Redact(bytes, map, isCut, rules, _content, secrets);
        if (pass == JsonPass.Invalid)
        {
            Refuse(BodyState.Unparsed);
            return;
        }

        Kind = BodyKind.Json;
        IsText = pass == JsonPass.Cut || State == BodyState.Truncated;
    }

    private void Form(bool wasRead, RedactionRules rules)
    {
        if (wasRead)
        {
            Kind = BodyKind.Form;
            form.Write(_content, rules);
        }
        else
        {
            Refuse(BodyState.Unparsed);
        }
    }

    // Text that looks like a format with a grammar is taken for it: a secret in it would not be found by its notation.
    private void Text(ReadOnlySpan<byte> bytes, CapturedBody body, bool isCut, RedactionRules rules, SecretSet secrets)
    {
        bytes = isCut ? bytes[..Utf8Cut.LengthWithoutCutRune(bytes)] : bytes;
        ReadOnlySpan<byte> start = bytes.TrimStart(" \t\r\n"u8);
        if (!Utf8.IsValid(bytes) || start.StartsWith("<?xml"u8))
        {
            Refuse(BodyState.Unparsed);
        }
        else if (start.StartsWith("{"u8))
        {
            Json(bytes, rules.ForBody(body.Map), isCut, rules, secrets);
        }
        else
        {
            Kind = BodyKind.Text;
            IsText = true;
            bytes = isCut ? WithoutLastWord(bytes) : bytes;
            bytes = WithoutMarkedFields(bytes, body.ContentType, rules, secrets);
            if (!TextRedactor.Redact(bytes, TextNotation.EqualsAndColon, rules.Unknown, rules, _content, secrets))
            {
                _content.Raw(bytes);
            }
        }
    }

    private ReadOnlySpan<byte> WithoutMarkedFields(ReadOnlySpan<byte> text, string? contentType, RedactionRules rules, SecretSet secrets)
    {
        _format.Clear();
        bool found = ContentTypes.IsHtml(contentType) ? HtmlRedactor.Redact(text, rules.Unknown, rules, _format, secrets)
            : ContentTypes.IsCsv(contentType) && CsvRedactor.Redact(text, rules.Unknown, rules, _format, secrets);
        return found ? _format.Written : text;
    }

    // The cut may have left half a secret, which would not be recognised.
    private static ReadOnlySpan<byte> WithoutLastWord(ReadOnlySpan<byte> text)
        => text[..(text.LastIndexOfAny(" \t\r\n"u8) + 1)];

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) => text.StartsWith("\uFEFF"u8) ? text[3..] : text;

    private void Refuse(BodyState state)
    {
        State = state;
        Kind = BodyKind.None;
        IsText = false;
        _content.Wipe();
    }
}
