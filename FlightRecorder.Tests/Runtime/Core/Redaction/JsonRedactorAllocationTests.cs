using System.Text;
using FlightRecorder.CompilerServices;

namespace FlightRecorder.Tests.Core.Redaction;

public class JsonRedactorAllocationTests
{
    [TestCase(RedactMode.Mask)]
    [TestCase(RedactMode.Remove)]
    [TestCase(RedactMode.Hash)]
    [TestCase(RedactMode.Last4)]
    public void Redacting_a_kilobyte_allocates_nothing(RedactMode mode)
    {
        byte[] json = Encoding.UTF8.GetBytes(
            "{\"card\":\"4111111111111111\",\"password\":\"a\\u00e4b\",\"items\":[" + string.Join(",", Enumerable.Range(0, 36).Select(i => $"{{\"name\":\"item {i}\",\"qty\":{i}}}")) + "]}");
        RedactionMap map = new RedactionMap("Dto", null).Define(MemberRule.Hidden("Card", mode));
        var rules = new RedactionRules(new RedactionOptions { HashKey = "0123456789abcdef" }, []);
        var redactor = new JsonRedactor();
        var output = new LineBuffer();
        var secrets = new SecretSet();
        Assert.That(json, Has.Length.GreaterThan(900));
        Allocation.AssertNone(() =>
        {
            output.Clear();
            secrets.Clear();
            redactor.Redact(json, rules.ForBody(map), mayBeCut: false, rules, output, secrets);
        });
    }
}
