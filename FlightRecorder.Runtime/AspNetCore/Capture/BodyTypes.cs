namespace FlightRecorder.AspNetCore;

/// <summary>What a content type means for capture.</summary>
internal static class BodyTypes
{
    private static readonly string[] Stored =
        ["application/json", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml", "application/javascript", "application/x-ndjson", "application/jsonl"];

    /// <summary>Whether bodies of the type can be stored at all; one without a type may turn out to be text.</summary>
    public static bool IsStored(string? contentType)
    {
        if (ContentTypes.IsUsual(contentType))
        {
            return true;
        }

        ReadOnlySpan<char> type = MediaType(contentType);
        if (type.IsEmpty || type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        foreach (string stored in Stored)
        {
            if (type.Equals(stored, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>application/grpc and application/grpc+proto and the like.</summary>
    public static bool IsGrpc(string? contentType)
        => !ContentTypes.IsUsual(contentType) && MediaType(contentType).StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase);

    public static bool IsEventStream(string? contentType)
        => !ContentTypes.IsUsual(contentType) && MediaType(contentType).Equals("text/event-stream", StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> MediaType(string? contentType)
    {
        ReadOnlySpan<char> type = contentType;
        int parameters = type.IndexOf(';');
        return (parameters < 0 ? type : type[..parameters]).Trim();
    }
}
