using System.Numerics;
using System.Runtime.InteropServices;

namespace FlightRecorder;

/// <summary>CRC-32C (Castagnoli), the checksum of a journal line; <c>123456789</c> gives <c>e3069283</c>.</summary>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, MemoryMarshal.Read<ulong>(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
