using System.Text;

namespace FlightRecorder;

/// <summary>Reads multipart/form-data (RFC 7578) strictly: whatever is not plainly a field or a file refuses the body.</summary>
internal static class MultipartReader
{
    /// <summary>Reads the parts into the form. A cut body gives the parts before the cut one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, string contentType, bool isCut, FormRedactor form, CompiledMap map, CompiledMap parameters, SecretSet secrets)
    {
        form.Clear();
        if (Parameter(contentType, "boundary") is not { Length: > 0 and <= 70 } boundary)
        {
            return false;
        }

        ReadOnlySpan<byte> delimiter = Encoding.ASCII.GetBytes("\r\n--" + boundary);
        if (!body.StartsWith(delimiter[2..]))
        {
            return false;
        }

        body = body[(delimiter.Length - 2)..];
        while (!body.StartsWith("--"u8))
        {
            int end = body.IndexOf(delimiter);
            if (end < 0 || !body.StartsWith("\r\n"u8))
            {
                return isCut;
            }

            if (!TryReadPart(body[2..end], form, map, parameters, secrets))
            {
                return false;
            }

            body = body[(end + delimiter.Length)..];
        }

        return true;
    }

    // headers CRLF CRLF content
    private static bool TryReadPart(ReadOnlySpan<byte> part, FormRedactor form, CompiledMap map, CompiledMap parameters, SecretSet secrets)
    {
        int end = part.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        string headers = Encoding.UTF8.GetString(part[..end]);
        ReadOnlySpan<byte> content = part[(end + 4)..];
        string? disposition = Header(headers, "content-disposition");
        string? name = disposition is null ? null : Parameter(disposition, "name");
        if (name is null)
        {
            return false;
        }

        string? file = Parameter(disposition!, "filename") ?? Parameter(disposition!, "filename*");
        ReadOnlySpan<byte> value = file is null ? content : Encoding.UTF8.GetBytes(file);
        return form.TryAdd(Encoding.UTF8.GetBytes(name), value, file is null ? -1 : content.Length, map, parameters, secrets);
    }

    private static string? Header(string headers, string name)
    {
        foreach (string line in headers.Split("\r\n"))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line.AsSpan(0, colon).Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return line[(colon + 1)..];
            }
        }

        return null;
    }

    // ; name="value" or ; name=value
    private static string? Parameter(string header, string name)
    {
        int at = header.IndexOf(';', StringComparison.Ordinal);
        while (at >= 0)
        {
            ReadOnlySpan<char> rest = header.AsSpan(at + 1).TrimStart();
            if (rest.StartsWith(name, StringComparison.OrdinalIgnoreCase) && rest.Length > name.Length && rest[name.Length] == '=')
            {
                return Value(rest[(name.Length + 1)..]);
            }

            at = NextParameter(header, at + 1);
        }

        return null;
    }

    private static string Value(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("\""))
        {
            text = text[1..];
            int quote = text.IndexOf('"');
            return text[..(quote < 0 ? text.Length : quote)].ToString();
        }

        int end = text.IndexOf(';');
        return text[..(end < 0 ? text.Length : end)].Trim().ToString();
    }

    // The next semicolon outside quotes.
    private static int NextParameter(string header, int at)
    {
        bool quoted = false;
        for (; at < header.Length; at++)
        {
            quoted ^= header[at] == '"';
            if (header[at] == ';' && !quoted)
            {
                return at;
            }
        }

        return -1;
    }
}
