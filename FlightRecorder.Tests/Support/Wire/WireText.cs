using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FlightRecorder.Tests.Support.Wire;

/// <summary>Reads what came over the wire.</summary>
public static partial class WireText
{
    /// <summary>The bytes as text, one character each, with what differs from one connection to the next replaced: the Date header, and the connection's id in problem details.</summary>
    public static string Normalised(byte[] received)
        => TraceId().Replace(DateHeader().Replace(Encoding.Latin1.GetString(received), "\r\nDate: (now)\r\n"), "\"traceId\":\"(id)\"");

    /// <summary>The body of the last response, without its chunk lines.</summary>
    public static byte[] LastBody(byte[] received)
    {
        string text = Encoding.Latin1.GetString(received);
        int start = text.LastIndexOf("HTTP/1.1 ", StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf("\r\n\r\n", start, StringComparison.Ordinal);
        if (end < 0)
        {
            return [];
        }

        string head = text[start..end];
        string body = text[(end + 4)..];
        return Encoding.Latin1.GetBytes(head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase) ? Joined(body) : body);
    }

    private static string Joined(string chunks)
    {
        var joined = new StringBuilder();
        int at = 0;
        while (at < chunks.Length)
        {
            int lineEnd = chunks.IndexOf("\r\n", at, StringComparison.Ordinal);
            if (lineEnd < 0)
            {
                break;
            }

            int size = int.Parse(chunks.AsSpan(at, lineEnd - at), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            int take = Math.Min(size, chunks.Length - lineEnd - 2);
            joined.Append(chunks, lineEnd + 2, take);
            at = lineEnd + 2 + size + 2;
            if (size == 0)
            {
                break;
            }
        }

        return joined.ToString();
    }

    [GeneratedRegex("\r\nDate: [^\r]*\r\n")]
    private static partial Regex DateHeader();

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex TraceId();
}
