namespace FlightRecorder;

/// <summary>
/// The names whose values are hidden at any depth unless <see cref="RevealAttribute"/> says otherwise. Compared in the form
/// of <see cref="NameFold"/>. A name is secret when it is listed, or ends in a word that names a secret (<c>newPassword</c>,
/// <c>resetToken</c>); one that only begins with it is not (<c>tokenCount</c>, <c>passwordPolicy</c>).
/// </summary>
internal static class SecretNames
{
    // No frozen sets: each name is looked up once and remembered, and they would add 50 KB to an app compiled ahead of time.
    private static readonly HashSet<string> Whole = new(StringComparer.Ordinal)
    {
        "passwd", "pwd", "pass", "passcode", "pin", "pincode", "otp", "totp", "mfacode", "onetimecode", "verificationcode", "authcode",
        "authorization", "proxyauthorization", "auth", "bearer", "cookie", "cookies", "setcookie", "credential", "credentials",
        "sessionid", "sessid", "phpsessid", "jsessionid", "sid", "sessionkey", "csrf", "xsrf", "jwt", "sas", "sig", "signature",
        "cvv", "cvc", "cvv2", "cvc2", "csc", "securitycode", "cardcode", "cardnumber", "creditcardnumber", "ccnumber", "ccnum", "pan",
        "primaryaccountnumber", "iban", "ssn", "socialsecuritynumber", "connectionstring", "passwordhash", "passwordsalt",
    };

    private static readonly string[] Endings =
    [
        "password", "passwd", "passphrase", "secret", "token", "apikey", "accesskey", "secretkey", "privatekey", "signingkey",
        "encryptionkey", "accesskeyid", "authorization", "connectionstring", "cardnumber", "sessionid", "recoverycode", "recoverycodes",
        "passwords", "secrets", "tokens", "apikeys",
    ];

    // Words that end like a secret and are none.
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "cancellationtoken", "continuationtoken", "maxtokens", "prompttokens", "completiontokens", "totaltokens", "inputtokens", "outputtokens",
    };

    public static bool Contains(ReadOnlySpan<char> folded)
    {
        if (Whole.GetAlternateLookup<ReadOnlySpan<char>>().Contains(folded))
        {
            return true;
        }

        foreach (string ending in Endings)
        {
            if (folded.EndsWith(ending, StringComparison.Ordinal))
            {
                return !Harmless.GetAlternateLookup<ReadOnlySpan<char>>().Contains(folded);
            }
        }

        return false;
    }
}
