using System.Text;

namespace FlightRecorder.Tests.Core.Redaction;

public class SecretShapesTests
{
    private const string Header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
    private const string Payload = "eyJzdWIiOiI0NzExIiwiaWF0IjoxNzAwMDAwMDAwLCJleHAiOjE3MDAwMDM2MDB9";
    private const string Token = Header + "." + Payload + ".5mhBHqs5_DTLdINd9p5m7ZJ6XD0Xc55kIaCRY5r6HRA";
    private const string Key = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";

    [TestCase(Token)]
    [TestCase("token " + Token + " was refused", Token)]
    [TestCase("/reset/" + Token, Token)]
    [TestCase("\"" + Token + "\"", Token)]
    [TestCase("id_token=" + Token + "&state=1", Token)]
    [TestCase("(" + Token + ")", Token)]
    [TestCase(Header + "." + Payload + ".", Header + "." + Payload + ".")]
    [TestCase("eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.OKOawDo13gRp2ojaHV7LFpZcgV7T6DVZKTyKOMTYUmKoTCVJRgckCL9kiMT03JGe.48V1_ALb6US04U3b.5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6ji.XFBoMYUZodetZdvTiFvSkQ")]
    [TestCase("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODB9.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")]
    [TestCase("a." + Token + ", b", Token)]
    public void A_JWT_is_found(string text, string? secret = null) => AssertFound(text, secret ?? text);

    [TestCase("eyJ")]
    [TestCase(Header)]
    [TestCase(Header + "." + Payload)]
    [TestCase("x" + Token)]
    [TestCase("eyJub3RoaW5nIjoxfQ." + Payload + ".c2lnbmF0dXJl")]
    [TestCase("eyJhbGci.eyJzdWIi.c2ln")]
    [TestCase("monkeyJ.b.c")]
    [TestCase(Header + ".." + Payload)]
    [TestCase("eyJhbGciOiJIUzI1NiJ9 . eyJzdWIiOiIxIn0 . c2ln")]
    [TestCase("com.example.eyJson.Parser")]
    public void What_is_nearly_a_JWT_is_left(string text) => AssertNone(text);

    [TestCase("-----BEGIN PRIVATE KEY-----\n" + Key + "\n-----END PRIVATE KEY-----")]
    [TestCase("-----BEGIN RSA PRIVATE KEY-----\r\n" + Key + "\r\n-----END RSA PRIVATE KEY-----")]
    [TestCase("-----BEGIN EC PRIVATE KEY-----\n" + Key + "\n-----END EC PRIVATE KEY-----")]
    [TestCase("-----BEGIN OPENSSH PRIVATE KEY-----\n" + Key + "\n" + Key + "\n-----END OPENSSH PRIVATE KEY-----")]
    [TestCase("-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + Key + "\n-----END ENCRYPTED PRIVATE KEY-----")]
    [TestCase("-----BEGIN DSA PRIVATE KEY-----\n" + Key + "\n-----END DSA PRIVATE KEY-----")]
    [TestCase("-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 1\n\n" + Key + "\n-----END PGP PRIVATE KEY BLOCK-----")]
    [TestCase("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,ABC\n\n" + Key + "\n-----END RSA PRIVATE KEY-----")]
    [TestCase("key: -----BEGIN PRIVATE KEY-----\\n" + Key + "\\n-----END PRIVATE KEY----- end", "-----BEGIN PRIVATE KEY-----\\n" + Key + "\\n-----END PRIVATE KEY-----")]
    [TestCase("-----BEGIN PRIVATE KEY-----\n" + Key)]
    public void A_PEM_block_is_found(string text, string? secret = null) => AssertFound(text, secret ?? text);

    [TestCase("-----BEGIN CERTIFICATE-----\n" + Key + "\n-----END CERTIFICATE-----")]
    [TestCase("-----BEGIN PUBLIC KEY-----\n" + Key + "\n-----END PUBLIC KEY-----")]
    [TestCase("-----BEGIN RSA PUBLIC KEY-----\n" + Key + "\n-----END RSA PUBLIC KEY-----")]
    [TestCase("-----BEGIN CERTIFICATE REQUEST-----\n" + Key + "\n-----END CERTIFICATE REQUEST-----")]
    [TestCase("-----BEGIN PRIVATE KEY-----")]
    [TestCase("no -----BEGIN PRIVATE KEY----- in the file")]
    [TestCase("----BEGIN PRIVATE KEY----\n" + Key + "\n----END PRIVATE KEY----")]
    [TestCase("-----BEGIN PRIVATE KEY\n" + Key)]
    [TestCase("-----END PRIVATE KEY-----")]
    [TestCase("BEGIN PRIVATE KEY " + Key)]
    public void What_is_nearly_a_secret_PEM_block_is_left(string text) => AssertNone(text);

    [TestCase("Bearer abc123def456", "abc123def456")]
    [TestCase("bearer 9f86d081884c7d65", "9f86d081884c7d65")]
    [TestCase("BEARER sk-live-1a2b3c4d", "sk-live-1a2b3c4d")]
    [TestCase("curl -H 'Authorization: Bearer aBcDeFgHiJ' x", "aBcDeFgHiJ")]
    [TestCase("got Bearer mF_9.B5f-4.1JqM.", "mF_9.B5f-4.1JqM")]
    [TestCase("Bearer  two0spaces1", "two0spaces1")]
    [TestCase("Bearer\tdGhlIHNlY3JldA==", "dGhlIHNlY3JldA==")]
    [TestCase("Bearer: a1b2c3d4e5", "a1b2c3d4e5")]
    [TestCase("Bearer abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz")]
    [TestCase("[Bearer ~x/y+z0123]", "~x/y+z0123")]
    public void A_bearer_token_is_found(string text, string secret) => AssertFound(text, secret);

    [TestCase("the bearer of this letter")]
    [TestCase("Bearer authentication is required")]
    [TestCase("Bearer Authentication")]
    [TestCase("WWW-Authenticate: Bearer realm=\"shop\"")]
    [TestCase("bearer 42")]
    [TestCase("Bearer")]
    [TestCase("Bearer ")]
    [TestCase("forbearers of 1234567")]
    [TestCase("Bearer error_description")]
    [TestCase("scheme Bearer was not recognised")]
    public void What_is_nearly_a_bearer_token_is_left(string text)
        => AssertNone(text);

    [TestCase("4111111111111111")]
    [TestCase("card 5555555555554444 declined", "5555555555554444")]
    [TestCase("378282246310005")]
    [TestCase("4111 1111 1111 1111")]
    [TestCase("no. 4111-1111-1111-1111.", "4111-1111-1111-1111")]
    [TestCase("3782 822463 10005")]
    [TestCase("6011111111111117,", "6011111111111117")]
    [TestCase("30569309025904")]
    [TestCase("3530111333300000")]
    [TestCase("42 4222222222222 7", "4222222222222")]
    public void A_card_number_is_found(string text, string? secret = null) => AssertFound(text, secret ?? text);

    [TestCase("4111111111111112")]
    [TestCase("1767323045123")]
    [TestCase("41111111111111111111")]
    [TestCase("id4111111111111111")]
    [TestCase("4111111111111111a")]
    [TestCase("0.4111111111111111")]
    [TestCase("+4111111111111111")]
    [TestCase("9111111111111111")]
    [TestCase("4111 1111 1111-1111")]
    [TestCase("41111111-1111-1111-1111-111111111111")]
    public void What_is_nearly_a_card_number_is_left(string text) => AssertNone(text);

    [TestCase("Server=db;User Id=sa;Password=hunter2-x;", "hunter2-x")]
    [TestCase("Host=db;Username=app;Password=s3cret pass;Database=shop", "s3cret pass")]
    [TestCase("Password=hunter2-x;Server=db", "hunter2-x")]
    [TestCase("Data Source=db;Pwd=hunter2-x", "hunter2-x")]
    [TestCase("server=db; uid=sa; pwd = hunter2-x ; encrypt=true", "hunter2-x")]
    [TestCase("Server=db;Password='a;b c';User=x", "a;b c")]
    [TestCase("DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=Zm9vYmFyYmF6==;EndpointSuffix=x", "Zm9vYmFyYmF6==")]
    [TestCase("Cannot open 'Server=db;Password=hunter2-x' now", "hunter2-x")]
    [TestCase("failed: Host=db;Password=hunter2-x while connecting", "hunter2-x")]
    [TestCase("Server=db;Pwd=abc;Timeout=5", "Pwd=abc")]
    public void The_password_of_a_connection_string_is_found(string text, string secret) => AssertFound(text, secret);

    [TestCase("Server=db;User Id=sa;Timeout=5")]
    [TestCase("Password=")]
    [TestCase("Server=db;Password=;Timeout=5")]
    [TestCase("Server=db;Password Policy=strict;Timeout=5")]
    [TestCase("a password; b=c")]
    [TestCase("if (password == other) return;")]
    [TestCase("Server=db;Trusted_Connection=True")]
    [TestCase("passwordless=true;x=y")]
    [TestCase("Endpoint=sb://x;SharedAccessKeyName=root")]
    [TestCase("the password = something you know")]
    public void What_is_nearly_the_password_of_a_connection_string_is_left(string text) => AssertNone(text);

    [TestCase("postgres://app:hunter2-x@db:5432/shop", "hunter2-x")]
    [TestCase("see amqp://guest:gu3st@mq.", "gu3st")]
    [TestCase("https://user:p%40ss@example.org/x?y=1", "p%40ss")]
    [TestCase("redis://:s3cret@cache", "s3cret")]
    [TestCase("mongodb+srv://u:a:b:c@d.example.org", "a:b:c")]
    [TestCase("ftp://u:abc@h", ":abc@")]
    public void The_password_of_a_URL_is_found(string text, string secret) => AssertFound(text, secret);

    [TestCase("https://example.org/a:b@c")]
    [TestCase("https://user@example.org/")]
    [TestCase("https://example.org:8080/@x")]
    [TestCase("mailto:ann@example.org")]
    [TestCase("https://user:@example.org")]
    [TestCase("http://h?x=a:b@c")]
    public void What_is_nearly_the_password_of_a_URL_is_left(string text) => AssertNone(text);

    [Test]
    public void Searching_text_without_a_shape_allocates_nothing()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("The order 4711 of 2026-01-02 was paid, see https://example.org/orders?id=5; eyJ bearer. ", 40)));
        var secrets = new SecretSet();
        Allocation.AssertNone(() => SecretShapes.Collect(text, secrets));
        Assert.That(secrets.Count, Is.Zero);
    }

    [TestCase("eyJ")]
    [TestCase("eyJ.eyJ.eyJ.")]
    [TestCase("-----BEGIN X-----")]
    [TestCase("bearer ")]
    [TestCase("4111 ")]
    [TestCase("1-1")]
    [TestCase("password=;")]
    [TestCase("password=x ")]
    [TestCase("a://b:")]
    public void Text_that_is_made_of_beginnings_takes_time_in_proportion(string part)
    {
        byte[] tenth = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, 100_000 / part.Length)));
        byte[] whole = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length)));
        Assert.That(Fastest(whole), Is.LessThan(100 + (40 * Fastest(tenth))));
    }

    private static double Fastest(byte[] text)
    {
        double best = double.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long started = System.Diagnostics.Stopwatch.GetTimestamp();
            SecretShapes.Collect(text, new SecretSet());
            best = Math.Min(best, System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return best;
    }

    [TestCase("application/json", int.MaxValue)]
    [TestCase("application/json", 100)]
    [TestCase("text/plain", int.MaxValue)]
    public void A_password_in_a_URL_is_hidden_where_its_slashes_are_escaped(string type, int limit)
    {
        var bench = new JournalLines.EncodingBench();
        JournalLines.EncodingBench.Fill(bench.Recording.ResponseBody, type, """{"dsn":"postgres:\/\/shop:hunter2-pass@db\/shop","note":"as written","more":"and more, and more, and more, and more"}""", limit: limit);
        string line = bench.Line();
        Assert.That(line, Does.Contain("shop:[REDACTED]@").Or.Contain("[REDACTED]"));
        Assert.That(line, Does.Not.Contain("hunter2-pass").And.Contain("as written"));
    }

    [Test]
    public void A_shape_that_is_escaped_in_JSON_that_was_cut_is_hidden()
    {
        var bench = new JournalLines.EncodingBench();
        string json = "{\"t\":\"" + Token.Replace(".", "\\u002e", StringComparison.Ordinal) + "\",\"more\":\"" + new string('x', 500) + "\"}";
        JournalLines.EncodingBench.Fill(bench.Recording.ResponseBody, "application/json", json, limit: 400);
        Assert.That(bench.Line(), Does.Contain("[REDACTED]").And.Not.Contain(Payload));
    }

    [TestCase("bearer")]
    [TestCase("BEARER")]
    [TestCase("bEaReR")]
    public void The_scheme_is_seen_in_any_case_in_a_text_of_the_app(string scheme)
        => Assert.That(SecretShapes.MayBeIn(Encoding.UTF8.GetBytes("the header was " + scheme + " abc123def456")), Is.True);

    private static void AssertFound(string text, string secret)
    {
        Assert.That(SecretShapes.MayBeIn(Encoding.UTF8.GetBytes(text)), Is.True);
        Assert.That(Find(text), Does.Contain(secret));
    }

    private static void AssertNone(string text) => Assert.That(Find(text), Is.Empty);

    private static string[] Find(string text)
    {
        var secrets = new SecretSet();
        SecretShapes.Collect(Encoding.UTF8.GetBytes(text), secrets);
        return [.. Enumerable.Range(0, secrets.Count).Select(index => Encoding.UTF8.GetString(secrets[index]))];
    }
}
