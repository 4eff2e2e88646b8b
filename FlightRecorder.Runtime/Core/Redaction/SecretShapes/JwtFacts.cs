using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace FlightRecorder;

/// <summary>What of a masked JWT may be shown: how it is signed, and for how long it holds.</summary>
internal static class JwtFacts
{
    private const int MaxAlgorithm = 20;
    private const int MaxOnStack = 1024;

    private static readonly SearchValues<byte> AlgorithmCharacters
        = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-+"u8);

    private delegate bool Reader(ReadOnlySpan<byte> json, LineBuffer? line);

    /// <summary>Writes the facts of a value that is a JWT, by itself or after a scheme such as <c>Bearer</c>. Returns false, and writes nothing, for any other.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> value, LineBuffer line)
    {
        ReadOnlySpan<byte> token = value[(value.IndexOf((byte)' ') + 1)..];
        if (!token.StartsWith("eyJ"u8) || JwtShape.LengthAt(token) != token.Length)
        {
            return false;
        }

        int head = token.IndexOf((byte)'.');
        ReadOnlySpan<byte> rest = token[(head + 1)..];

        // {"jwt":{"alg":"HS256","lifetimeS":3600}}
        line.Raw("{\"jwt\":{"u8);
        Decode(token[..head], line, WriteAlgorithm);
        Decode(rest[..rest.IndexOf((byte)'.')], line, WriteLifetime);
        line.Raw("}}"u8);
        return true;
    }

    /// <summary>Whether the first part of a token is its header.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> part) => Decode(part, null, static (json, _) => json.TrimEnd(" \t\r\n"u8).EndsWith("}"u8) && json.IndexOf("\"alg\""u8) >= 0);

    private static bool WriteAlgorithm(ReadOnlySpan<byte> json, LineBuffer? line)
    {
        ReadOnlySpan<byte> value = ValueOf(json, "\"alg\""u8);
        int end = value.IsEmpty ? -1 : value[1..].IndexOf((byte)'"');
        if (end is <= 0 or > MaxAlgorithm || value[0] != '"' || value.Slice(1, end).ContainsAnyExcept(AlgorithmCharacters))
        {
            return false;
        }

        line!.Member("alg"u8).Raw(value[..(end + 2)]);
        return true;
    }

    private static bool WriteLifetime(ReadOnlySpan<byte> json, LineBuffer? line)
    {
        long from = NumberOf(json, "\"iat\""u8) is >= 0 and long issued ? issued : NumberOf(json, "\"nbf\""u8);
        long until = NumberOf(json, "\"exp\""u8);
        if (from < 0 || until < from)
        {
            return false;
        }

        line!.Member("lifetimeS"u8).Number(until - from);
        return true;
    }

    private static long NumberOf(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
        => Utf8Parser.TryParse(ValueOf(json, name), out long number, out _) ? number : -1;

    // Not parsed: a fact that stands somewhere else than it should is no secret either.
    private static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        int at = json.IndexOf(name);
        ReadOnlySpan<byte> rest = at < 0 ? default : json[(at + name.Length)..].TrimStart(" \t\r\n"u8);
        return rest.IsEmpty || rest[0] != ':' ? default : rest[1..].TrimStart(" \t\r\n"u8);
    }

    private static bool Decode(ReadOnlySpan<byte> part, LineBuffer? line, Reader read)
    {
        int size = Base64Url.GetMaxDecodedLength(part.Length);
        byte[]? rented = size > MaxOnStack ? ArrayPool<byte>.Shared.Rent(size) : null;
        Span<byte> decoded = rented ?? stackalloc byte[MaxOnStack];
        bool result = Base64Url.DecodeFromUtf8(part, decoded, out _, out int written) == OperationStatus.Done && read(decoded[..written], line);
        CryptographicOperations.ZeroMemory(decoded);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return result;
    }
}
