namespace FlightRecorder;

/// <summary>
/// The names whose values are hidden at any depth unless <c>[Reveal]</c> says otherwise. Compared in the form of
/// <see cref="NameFold"/>. A name is secret when it is listed, or ends in a word that names a secret (<c>newPassword</c>,
/// <c>resetToken</c>); one that only begins with it is not (<c>tokenCount</c>, <c>passwordPolicy</c>).
/// </summary>
/// <remarks>Compiled into the analyzers too, so that both know the same names: nothing newer than netstandard2.0 here. No sets: each name is looked up
/// once and remembered, and frozen ones would add 50 KB to an app compiled ahead of time.</remarks>
internal static class SecretNames
{
    private static readonly string[] Endings =
    [
        "password", "passwd", "passphrase", "secret", "token", "apikey", "accesskey", "secretkey", "privatekey", "signingkey",
        "encryptionkey", "accesskeyid", "authorization", "connectionstring", "cardnumber", "sessionid", "recoverycode", "recoverycodes",
        "passwords", "secrets", "tokens", "apikeys",
    ];

    public static bool Contains(ReadOnlySpan<char> folded)
    {
        if (IsListed(folded))
        {
            return true;
        }

        foreach (string ending in Endings)
        {
            if (folded.EndsWith(ending.AsSpan(), StringComparison.Ordinal))
            {
                return !IsHarmless(folded);
            }
        }

        return false;
    }

    private static bool IsListed(ReadOnlySpan<char> folded) => folded
        is "passwd" or "pwd" or "pass" or "passcode" or "pin" or "pincode" or "otp" or "totp" or "mfacode" or "onetimecode" or "verificationcode" or "authcode"
        or "authorization" or "proxyauthorization" or "auth" or "bearer" or "cookie" or "cookies" or "setcookie" or "credential" or "credentials"
        or "sessionid" or "sessid" or "phpsessid" or "jsessionid" or "sid" or "sessionkey" or "csrf" or "xsrf" or "jwt" or "sas" or "sig" or "signature"
        or "cvv" or "cvc" or "cvv2" or "cvc2" or "csc" or "securitycode" or "cardcode" or "cardnumber" or "creditcardnumber" or "ccnumber" or "ccnum" or "pan"
        or "primaryaccountnumber" or "iban" or "ssn" or "socialsecuritynumber" or "connectionstring" or "passwordhash" or "passwordsalt";

    // Words that end like a secret and are none.
    private static bool IsHarmless(ReadOnlySpan<char> folded) => folded
        is "cancellationtoken" or "continuationtoken" or "maxtokens" or "prompttokens" or "completiontokens" or "totaltokens" or "inputtokens" or "outputtokens";
}
