using System.Numerics;
using System.Runtime.InteropServices;

namespace FlightRecorder;

/// <summary>CRC-32C (Castagnoli), the checksum of a journal line; <c>123456789</c> gives <c>e3069283</c>.</summary>
internal static class Crc32C
{
    // The processor takes three cycles for eight bytes but begins one such step in each cycle: three lanes run side by side.
    private const int LaneBytes = 256;

    // Moving a checksum over LaneBytes zero bytes is linear in its bits: one table for each of its bytes.
    private static readonly uint[] s_overOneLane = LaneTables();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
#if NET10_0_OR_GREATER
        if (Crc32CFolding.IsSupported && bytes.Length >= Crc32CFolding.MinBytes)
        {
            crc = Crc32CFolding.Append(crc, ref bytes);
        }
#endif

        while (bytes.Length >= 3 * LaneBytes)
        {
            crc = ThreeLanes(crc, MemoryMarshal.Cast<byte, ulong>(bytes[..(3 * LaneBytes)]));
            bytes = bytes[(3 * LaneBytes)..];
        }

        return ~OneLane(crc, bytes);
    }

    private static uint ThreeLanes(uint crc, ReadOnlySpan<ulong> words)
    {
        const int lane = LaneBytes / sizeof(ulong);
        ReadOnlySpan<ulong> first = words[..lane], second = words.Slice(lane, lane), third = words.Slice(2 * lane, lane);
        uint b = 0, c = 0;
        for (int i = 0; i < first.Length; i++)
        {
            crc = BitOperations.Crc32C(crc, first[i]);
            b = BitOperations.Crc32C(b, second[i]);
            c = BitOperations.Crc32C(c, third[i]);
        }

        return OverOneLane(OverOneLane(crc) ^ b) ^ c;
    }

    private static uint OneLane(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, MemoryMarshal.Read<ulong>(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }

    private static uint OverOneLane(uint crc)
    {
        uint[] tables = s_overOneLane;
        return tables[crc & 0xFF] ^ tables[256 + ((crc >> 8) & 0xFF)] ^ tables[512 + ((crc >> 16) & 0xFF)] ^ tables[768 + (crc >> 24)];
    }

    private static uint[] LaneTables()
    {
        uint[] tables = new uint[4 * 256];
        byte[] zeros = new byte[LaneBytes];
        for (int i = 0; i < tables.Length; i++)
        {
            tables[i] = OneLane((uint)(i & 0xFF) << (8 * (i >> 8)), zeros);
        }

        return tables;
    }
}
