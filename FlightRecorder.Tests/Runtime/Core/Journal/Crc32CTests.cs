using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Journal;

public class Crc32CTests
{
    // The check value of the CRC catalogue.
    [Test]
    public void The_checksum_is_the_one_of_the_catalogue() => Assert.That(Crc32C.Of("123456789"u8), Is.EqualTo(0xE3069283));

    [Test]
    public void Every_length_up_to_a_hundred_agrees_with_the_bitwise_definition()
    {
        byte[] bytes = new byte[100];
        new Random(17).NextBytes(bytes);

        for (int length = 0; length <= bytes.Length; length++)
        {
            Assert.That(Crc32C.Of(bytes.AsSpan(0, length)), Is.EqualTo(LineBuilder.Crc32C(bytes.AsSpan(0, length))), $"{length} bytes");
        }
    }
}
