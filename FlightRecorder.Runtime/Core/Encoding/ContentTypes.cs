namespace FlightRecorder;

/// <summary>How a body is read for redaction.</summary>
internal enum ContentKind
{
    /// <summary>Not at all: not stored.</summary>
    Other,

    /// <summary>A text whose encoding is not UTF-8: not stored.</summary>
    WrongCharset,
    Json,
    UrlEncoded,
    Multipart,
    Text,
}

/// <summary>What a content type says about a body.</summary>
internal static class ContentTypes
{
    /// <summary>
    /// Whether it is what nearly all bodies have, spelled as nearly all servers and clients do. As a header it is shown whatever names the user hides: it
    /// says nothing of anybody.
    /// </summary>
    public static bool IsUsual(string? contentType) => contentType is "application/json" or "application/json; charset=utf-8";

    /// <summary>Whether the body describes a failure (RFC 9457), so that it is not of the type that the handler returns, and may hold anything beside.</summary>
    public static bool IsProblem(string? contentType) => !IsUsual(contentType) && Is(TypeOf(contentType), "application/problem+json");

    public static bool IsHtml(string? contentType) => Is(TypeOf(contentType), "text/html");

    public static bool IsCsv(string? contentType)
        => Is(TypeOf(contentType), "text/csv") || Is(TypeOf(contentType), "text/tab-separated-values");

    public static ContentKind KindOf(string? contentType)
    {
        if (IsUsual(contentType))
        {
            return ContentKind.Json;
        }

        ReadOnlySpan<char> all = contentType;
        int semicolon = all.IndexOf(';');
        ReadOnlySpan<char> type = TypeOf(contentType);
        ContentKind kind = KindOf(type);
        return kind is ContentKind.Other or ContentKind.Multipart || semicolon < 0 || IsUtf8(all[semicolon..]) ? kind : ContentKind.WrongCharset;
    }

    private static ReadOnlySpan<char> TypeOf(ReadOnlySpan<char> contentType)
    {
        int semicolon = contentType.IndexOf(';');
        return (semicolon < 0 ? contentType : contentType[..semicolon]).Trim();
    }

    private static ContentKind KindOf(ReadOnlySpan<char> type)
    {
        if (Is(type, "application/json") || Is(type, "text/json") || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
        {
            return ContentKind.Json;
        }

        if (Is(type, "application/x-www-form-urlencoded"))
        {
            return ContentKind.UrlEncoded;
        }

        if (Is(type, "multipart/form-data"))
        {
            return ContentKind.Multipart;
        }

        bool isText = type.StartsWith("text/", StringComparison.OrdinalIgnoreCase);
        return isText && !Is(type, "text/xml") && !Is(type, "text/event-stream") ? ContentKind.Text : ContentKind.Other;
    }

    private static bool Is(ReadOnlySpan<char> type, string name) => type.Equals(name, StringComparison.OrdinalIgnoreCase);

    // Anything else, UTF-16 first of all, would show its bytes to a redactor that reads UTF-8.
    private static bool IsUtf8(ReadOnlySpan<char> parameters)
    {
        int at = parameters.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return true;
        }

        ReadOnlySpan<char> charset = parameters[(at + "charset=".Length)..];
        int end = charset.IndexOf(';');
        charset = (end < 0 ? charset : charset[..end]).Trim(" \"");
        return Is(charset, "utf-8") || Is(charset, "utf8") || Is(charset, "us-ascii");
    }
}
