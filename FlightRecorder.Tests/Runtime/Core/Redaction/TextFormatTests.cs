using FlightRecorder.Tests.Core.JournalLines;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>Text bodies with a format that says what a value is called.</summary>
public class TextFormatTests
{
    [TestCase("id,name,password\n1,joe,hunter2-x\n2,ann,other-y\n", "id,name,password\n1,joe,[REDACTED]\n2,ann,[REDACTED]\n")]
    [TestCase("Token;Id\r\nabcd;1\r\nefgh;2", "Token;Id\r\n[REDACTED];1\r\n[REDACTED];2")]
    [TestCase("id\tapi key\n1\tabcd", "id\tapi key\n1\t[REDACTED]")]
    [TestCase("\"id\",\"pass\"\"word\",\"secret\"\n1,open,\"a,b\n\"\"c\"\n2,x,\n", "\"id\",\"pass\"\"word\",\"secret\"\n1,open,[REDACTED]\n2,x,\n")]
    [TestCase("id,name\n1,joe", "id,name\n1,joe")]
    [TestCase("", null)]
    public void A_CSV_column_with_a_secret_name_is_hidden(string text, string? expected) => Assert.That(Body("text/csv", text), Is.EqualTo(expected));

    [TestCase("""<input name="password" value="hunter2-x">""", """<input name="password" value="[REDACTED]">""")]
    [TestCase("""<INPUT VALUE='abcd' type=hidden Name='__RequestVerificationToken'/>""", """<INPUT VALUE='[REDACTED]' type=hidden Name='__RequestVerificationToken'/>""")]
    [TestCase("""<meta name=csrf-token content=abcd><p title="a>b">x</p>""", """<meta name=csrf-token content=[REDACTED]><p title="a>b">x</p>""")]
    [TestCase("""<input name="q" value="open"><i id=token>x</i>""", """<input name="q" value="open"><i id=token>x</i>""")]
    [TestCase("""<input id="pin" data-x="<" value="12>34" /> 5 < 6""", """<input id="pin" data-x="<" value="[REDACTED]" /> 5 < 6""")]
    [TestCase("<<<input name=token value='abcd", "<<<input name=token value='[REDACTED]")]
    public void An_HTML_field_with_a_secret_name_is_hidden(string text, string expected) => Assert.That(Body("text/html; charset=utf-8", text), Is.EqualTo(expected));

    [Test]
    public void What_was_hidden_there_is_hidden_in_the_rest_of_the_line()
    {
        EncodingBench bench = new EncodingBench().Response("text/csv", "id,password\n1,hunter2-x\n");
        bench.Append(new InvalidOperationException("bad hunter2-x"));
        Assert.That(bench.Line(), Does.Not.Contain("hunter2-x"));
    }

    [TestCase("text/csv", "token,")]
    [TestCase("text/csv", "\"")]
    [TestCase("text/html", "<a b=")]
    [TestCase("text/html", "<\"")]
    public void Any_text_ends(string contentType, string part)
        => Assert.That(() => Body(contentType, string.Concat(Enumerable.Repeat(part, 10_000))), Throws.Nothing);

    private static string? Body(string contentType, string text)
    {
        var request = new EncodingBench().Request(contentType, text).Json().GetProperty("request");
        return request.TryGetProperty("body", out var body) ? body.GetString() : null;
    }
}
