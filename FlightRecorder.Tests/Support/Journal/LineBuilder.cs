using System.Globalization;
using System.Text;

namespace FlightRecorder.Tests.Support;

/// <summary>Journal lines for tests that need no encoder; the checksum is computed byte by byte, independently of the product.</summary>
public static class LineBuilder
{
    private static readonly uint[] s_table = Table();

    /// <summary>A line of a request; its number is also the second after <see cref="Start"/> at which it began. Extra are further members, such as <c>"tags":{}</c>.</summary>
    public static string Request(
        long sequence, Guid? id = null, string method = "GET", string path = "/orders/1", string route = "/orders/{id}", int status = 200,
        DateTimeOffset? at = null, long durationUs = 1500, string outcome = "completed", string run = "9f3a11c2d4e5f607", string extra = "")
        => Seal(string.Create(CultureInfo.InvariantCulture,
            $$$"""
            {"v":1,"run":"{{{run}}}","seq":{{{sequence}}},"kind":"request","id":"{{{id ?? Id(sequence)}}}","ts":"{{{at ?? Start.AddSeconds(sequence):yyyy-MM-ddTHH:mm:ss.ffffffZ}}}","durationUs":{{{durationUs}}},"outcome":"{{{outcome}}}","trigger":["always"],"app":{"name":"shop"},"requestId":"r{{{sequence}}}","endpoint":{"name":"Orders.Get","location":"Shop/Orders.cs:21"},"request":{"method":"{{{method}}}","path":"{{{path}}}","route":"{{{route}}}"},"response":{"status":{{{status}}}}{{{(extra.Length == 0 ? "" : "," + extra)}}}
            """));

    /// <summary>When number 0 began.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    /// <summary>An id that tells its number, in the shape of a UUID version 7.</summary>
    public static Guid Id(long sequence) => Guid.ParseExact(
        string.Create(CultureInfo.InvariantCulture, $"{sequence:x8}-19aa-7000-8000-00000000cafe"), "D");

    /// <summary>Ends an object, given without its closing brace, with its checksum.</summary>
    public static string Seal(string body)
        => body + string.Create(CultureInfo.InvariantCulture, $",\"crc\":\"{Crc32C(Encoding.UTF8.GetBytes(body)):x8}\"}}");

    public static byte[] Bytes(params string[] lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc = s_table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] Table()
    {
        const uint reversedPolynomial = 0x82F63B78;
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ reversedPolynomial;
            }

            table[i] = crc;
        }

        return table;
    }
}
