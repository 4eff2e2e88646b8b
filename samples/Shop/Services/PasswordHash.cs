using System.Security.Cryptography;

namespace Shop.Services;

/// <summary>PBKDF2 with a salt of its own: <c>iterations.salt.hash</c>.</summary>
internal static class PasswordHash
{
    private const int Iterations = 210_000;
    private const int Bytes = 32;

    public static string Of(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(16);
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA512, Bytes);
        return $"{Iterations}.{Convert.ToBase64String(salt)}.{Convert.ToBase64String(hash)}";
    }
}
