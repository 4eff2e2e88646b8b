using FlightRecorder.CompilerServices;

namespace FlightRecorder.Tests.Core.Redaction;

public class SecretNamesTests
{
    [TestCase("password")]
    [TestCase("newPassword")]
    [TestCase("client_secret")]
    [TestCase("refresh-token")]
    [TestCase("X-Api-Key")]
    [TestCase("Authorization")]
    [TestCase("Set-Cookie")]
    [TestCase("cvv")]
    [TestCase("card_number")]
    [TestCase("PIN")]
    [TestCase("connectionString")]
    [TestCase("resetToken")]
    [TestCase("private_key")]
    public void Secret_names_are_known(string name) => Assert.That(SecretNames.Contains(NameFold.Of(name)), Is.True);

    [TestCase("tokenCount")]
    [TestCase("passwordPolicy")]
    [TestCase("author")]
    [TestCase("spinner")]
    [TestCase("shippingAddress")]
    [TestCase("cancellationToken")]
    [TestCase("max_tokens")]
    [TestCase("company")]
    [TestCase("secretary")]
    public void Harmless_names_are_not(string name) => Assert.That(SecretNames.Contains(NameFold.Of(name)), Is.False);

    [TestCase("@__newPassword_0", "newPassword")]
    [TestCase(":token", "token")]
    [TestCase("$1", "1")]
    [TestCase("@p12", "p12")]
    [TestCase("@cvv2", "cvv2")]
    public void A_SQL_parameter_is_named_after_its_member(string name, string member)
        => Assert.That(SqlParameterName.MemberOf(name).ToString(), Is.EqualTo(member));

    [Test]
    public void More_spellings_than_are_remembered_still_find_their_rule()
    {
        var rules = new RedactionRules(new RedactionOptions(), []);
        CompiledMap map = rules.ForBody(new RedactionMap("Dto", null).Define());
        for (int i = 0; i < 1000; i++)
        {
            Assert.That(map.Find("name" + i).IsHidden, Is.False);
            Assert.That(map.Find("pass" + new string('_', i % 200) + "word").IsHidden, Is.True);
        }
    }

    [Test]
    public void Names_of_equal_ends_and_different_middles_are_told_apart()
    {
        CompiledMap map = new RedactionRules(new RedactionOptions { Names = { "aaaaaaaaXaaaaaaaa" } }, []).NamesOnly;
        Assert.That(map.Find("aaaaaaaaXaaaaaaaa").IsHidden, Is.True);
        Assert.That(map.Find("aaaaaaaaYaaaaaaaa").IsHidden, Is.False);
    }

    [Test]
    public void A_hash_without_its_key_is_refused_at_start()
    {
        GeneratedCode.Register(Assembly(RedactMode.Hash));
        try
        {
            var checks = new OptionChecks();
            RedactionRules.Validate(new RedactionOptions(), checks);
            FlightRecorderConfigurationException error = Assert.Throws<FlightRecorderConfigurationException>(checks.ThrowIfAny)!;
            Assert.That(error.Message, Does.Contain("Redaction:HashKey").And.Contain("16 bytes").And.Contain("Dto.Email"));
            RedactionRules.Validate(new RedactionOptions { HashKey = "0123456789abcdef" }, checks = new OptionChecks());
            checks.ThrowIfAny();
        }
        finally
        {
            GeneratedCode.Register(Assembly(RedactMode.Mask));
        }
    }

    private static GeneratedAssembly Assembly(RedactMode mode) => new()
    {
        Anchor = typeof(SecretNamesTests),
        GeneratorVersion = "0",
        Maps = [new(typeof(string), new RedactionMap("Dto", null).Define(MemberRule.Hidden("Email", mode)))],
    };
}
