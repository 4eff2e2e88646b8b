using System.Text;

namespace FlightRecorder.Tests.Testing.Property;

/// <summary>Makes secret values that stand nowhere by chance: of many alphabets, 4 to 40 characters.</summary>
internal sealed class Secrets(Random random)
{
    private const int FewestBytesToEncode = 12;

    private const string Rare = "ЖЩЮѢ§¶þ÷ßøæµ";
    private const string Letters = "bcdfghjkmnpqrstvwxzBCDFGHJKMNPQRSTVWXZ23456789";
    private const string Marks = "bcdfghjk2345!\"#$&'()*+,-./:;<=>?@[\\]^_`{|}~ ";
    private const string Wide = "bcdfghjk2345éüñßЖЩ漢字😀";

    public string Next()
    {
        string alphabet = random.Next(4) switch { 0 => Rare, 1 => Letters, 2 => Marks, _ => Wide };
        int length = alphabet == Rare ? random.Next(4, 12) : random.Next(10, 40);

        // Ends that no carrier trims.
        return "q" + Of(alphabet, length) + "z" + (alphabet == Letters ? "" : Of(Rare, 2));
    }

    /// <summary>A value of visible ASCII, for carriers that take nothing else.</summary>
    public string NextToken() => "q" + Of(Letters, random.Next(10, 40));

    /// <summary>The value of a cookie that is no preference: 16 characters or more.</summary>
    public string NextSession() => "q" + Of(Letters, random.Next(15, 40));

    public long NextNumber() => random.NextInt64(100_000_000_000, 1_000_000_000_000_000);

    /// <summary>Whether its base64 and hex forms are long enough to be looked into.</summary>
    public static bool IsLong(string secret) => Encoding.UTF8.GetByteCount(secret) >= FewestBytesToEncode;

    private string Of(string alphabet, int length)
    {
        Rune[] runes = [.. alphabet.EnumerateRunes()];
        return string.Concat(Enumerable.Range(0, length).Select(_ => runes[random.Next(runes.Length)].ToString()));
    }
}
