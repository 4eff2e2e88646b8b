using System.Buffers.Binary;

namespace FlightRecorder;

/// <summary>
/// Ids of recordings: UUID version 7 (RFC 9562, section 5.7). As <see cref="Guid.CreateVersion7()"/>, but the random bits are fetched
/// for hundreds of ids at a time: a system call for each would be a tenth of what a recording costs.
/// </summary>
internal static class RecordingId
{
    private const int RandomBytes = 10;

    [ThreadStatic]
    private static byte[]? t_random;

    [ThreadStatic]
    private static int t_left;

    public static Guid New(DateTimeOffset now)
    {
        // 48 bits of milliseconds, version, 12 random bits, variant, 62 random bits
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, now.ToUnixTimeMilliseconds() << 16);
        TakeRandom().CopyTo(bytes[6..]);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static ReadOnlySpan<byte> TakeRandom()
    {
        byte[] random = t_random ??= new byte[RandomBytes * 400];
        if (t_left == 0)
        {
            RandomBits.Fill(random);
            t_left = random.Length;
        }

        t_left -= RandomBytes;
        return random.AsSpan(t_left, RandomBytes);
    }
}
