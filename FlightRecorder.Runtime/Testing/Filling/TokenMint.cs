using System.Globalization;

namespace FlightRecorder.Testing;

/// <summary>Makes values that occur nowhere else.</summary>
internal sealed class TokenMint(Random random)
{
    public const int UsualLength = 20;

    /// <summary>Shorter texts could stand somewhere by chance.</summary>
    public const int ShortestText = 8;

    // No vowels: no words. No letter that another could be read as.
    private const string Letters = "bcdfghjkmnpqrstvwxz23456789";

    public Random Random => random;

    /// <summary>A text of small letters and digits that begins with a letter.</summary>
    public string Text(int length)
        => string.Create(length, random, (text, source) =>
        {
            text[0] = 'c';
            for (int i = 1; i < text.Length; i++)
            {
                text[i] = Letters[source.Next(Letters.Length)];
            }
        });

    public string Digits(int length)
        => string.Create(length, random, (text, source) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = (char)('0' + source.Next(i == 0 ? 1 : 0, 10));
            }
        });

    /// <summary>16 digits that pass for a card number.</summary>
    public string CardNumber()
    {
        string body = "4" + Digits(14);
        int sum = body.Select((digit, index) => Luhn(digit - '0', doubled: index % 2 == 0)).Sum();
        return body + ((10 - (sum % 10)) % 10).ToString(CultureInfo.InvariantCulture);
    }

    private static int Luhn(int digit, bool doubled) => !doubled ? digit : digit > 4 ? (digit * 2) - 9 : digit * 2;
}
