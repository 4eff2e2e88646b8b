using System.Text;
using FlightRecorder.CompilerServices;

namespace FlightRecorder.Tests.Core.Redaction;

public class JsonRedactorTests
{
    [Test]
    public void A_duplicate_property_is_redacted_twice()
        => Assert.That(Redacting.Redact("""{"password":"one","password":"two"}"""), Is.EqualTo("""{"password":"[REDACTED]","password":"[REDACTED]"}"""));

    [TestCase("""{"pass\u0077ord":"x"}""")]
    [TestCase("""{"PassWord":"x"}""")]
    [TestCase("""{"pass_word":"x"}""")]
    [TestCase("""{"pass-word":"x"}""")]
    [TestCase("{\"pass\u200Bword\":\"x\"}")]
    [TestCase("{\"p\u00ADassword\":\"x\"}")]
    [TestCase("{\"ｐａｓｓｗｏｒｄ\":\"x\"}")]
    [TestCase("""{"pass\u200dword":"x"}""")]
    [TestCase("""{"\uff50assword":"x"}""")]
    public void A_secret_name_is_found_however_it_is_spelled(string json)
        => Assert.That(Redacting.Redact(json), Does.EndWith(":" + Redacting.Masked + "}"));

    [TestCase("\"{\\\"card\\\":\\\"4111111111111111\\\"}\"")]
    [TestCase("4111111111111111")]
    [TestCase("-1.5e+10")]
    [TestCase("[1,[2,{\"a\":3}]]")]
    [TestCase("{\"a\":{\"b\":[]}}")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("true")]
    [TestCase("\"\"")]
    public void A_hidden_value_of_any_kind_is_replaced_whole(string value)
        => Assert.That(Redacting.Redact($$"""{"a":1,"token":{{value}},"b":2}"""), Is.EqualTo("""{"a":1,"token":"[REDACTED]","b":2}"""));

    [TestCase("""{"x":1}""", "{}")]
    [TestCase("""{"x":1,"a":2}""", """{"a":2}""")]
    [TestCase("""{"a":2,"x":[1,{"x":2}]}""", """{"a":2}""")]
    [TestCase("""{"a":2,"x":1,"b":3}""", """{"a":2,"b":3}""")]
    [TestCase("""{"x":1,"x":1,"b":3,"x":{}}""", """{"b":3}""")]
    [TestCase("""{ "x" : 1 , "a" : 2 , "x" : 3 , "x" : 4 , "b" : 5 }""", """{"a":2,"b":5}""")]
    [TestCase("""[{"x":1},{"a":{"x":1},"x":2}]""", """[{},{"a":{}}]""")]
    public void A_removed_member_goes_with_its_comma(string json, string expected)
    {
        var map = new RedactionMap("Dto", null);
        map.Define(MemberRule.Hidden("X", RedactMode.Remove), MemberRule.Of("A", map));
        Assert.That(Redacting.Redact(json, map), Is.EqualTo(expected));
    }

    [Test]
    public void White_space_outside_strings_is_dropped()
        => Assert.That(Redacting.Redact("\r\n { \"a b\" :\t[ 1 , \"c  d\" , { } , [ ] ] }\n"), Is.EqualTo("""{"a b":[1,"c  d",{},[]]}"""));

    [Test]
    public void Members_in_another_order_than_before_find_their_own_rules()
    {
        const string Json =
            """[{"a":1,"password":"x","a long name of some length":2},{"a":1,"passwordPolicy":"y"},{"password":"x","a":1},{"a":{"a":1,"token":"t"},"password":"z","tokenCount":3},{"":1,"a":2}]""";
        const string Expected =
            """[{"a":1,"password":"[REDACTED]","a long name of some length":2},{"a":1,"passwordPolicy":"y"},{"password":"[REDACTED]","a":1},{"a":{"a":1,"token":"[REDACTED]"},"password":"[REDACTED]","tokenCount":3},{"":1,"a":2}]""";
        var redacting = new Redacting();
        Assert.That(redacting.Run(Json), Is.EqualTo(Expected));
        Assert.That(redacting.Run(Json), Is.EqualTo(Expected));
    }

    [Test]
    public void A_name_learnt_from_an_escaped_spelling_is_never_taken_for_raw_text()
    {
        var redacting = new Redacting();
        Assert.That(redacting.Run("""{"a\"b":1,"c":2}"""), Is.EqualTo("""{"a\"b":1,"c":2}"""));
        Assert.That(redacting.Run("""{"a"b":1,"c":2}"""), Is.EqualTo("(invalid)"));
    }

    [Test]
    public void A_map_reaches_through_arrays_and_nested_types()
    {
        RedactionMap card = new RedactionMap("Card", null).Define(MemberRule.Hidden("Number", RedactMode.Last4));
        RedactionMap order = new RedactionMap("Order", null).Define(MemberRule.Of("Cards", card));
        Assert.That(
            Redacting.Redact("""[{"cards":[[{"number":"4111111111111111"}],{"number":"1234"}],"number":7}]""", order),
            Is.EqualTo("""[{"cards":[[{"number":"****1111"}],{"number":"[REDACTED]"}],"number":7}]"""));
    }

    [Test]
    public void A_revealed_member_keeps_its_secret_name_and_value()
    {
        RedactionMap map = new RedactionMap("Dto", null).Define(MemberRule.Shown("Token"));
        Assert.That(Redacting.Redact("""{"token":"page-2","other":{"token":"t"}}""", map), Is.EqualTo("""{"token":"page-2","other":{"token":"[REDACTED]"}}"""));
    }

    [Test]
    public void The_values_of_a_dictionary_have_their_own_map()
    {
        RedactionMap value = new RedactionMap("Value", null).Define(MemberRule.Hidden("Note", RedactMode.Mask));
        RedactionMap map = new RedactionMap("Dictionary", null).DefineValues(value);
        Assert.That(Redacting.Redact("""{"any":{"note":"n"},"note":1}""", map), Is.EqualTo("""{"any":{"note":"[REDACTED]"},"note":1}"""));
    }

    [TestCase("""{"a":"x"}""")]
    [TestCase("""[1,2]""")]
    [TestCase("5")]
    public void A_type_marked_as_a_whole_is_hidden_at_the_root(string json)
        => Assert.That(Redacting.Redact(json, new RedactionMap("Secret", null).DefineWhole(RedactMode.Mask)), Is.EqualTo(Redacting.Masked));

    [Test]
    public void A_member_of_a_type_marked_as_a_whole_is_hidden()
    {
        RedactionMap secret = new RedactionMap("Secret", null).DefineWhole(RedactMode.Mask);
        RedactionMap map = new RedactionMap("Dto", null).Define(MemberRule.Of("Inner", secret));
        Assert.That(Redacting.Redact("""{"inner":{"a":1}}""", map), Is.EqualTo("""{"inner":"[REDACTED]"}"""));
    }

    [Test]
    public void Where_the_type_is_unknown_every_marked_name_applies()
    {
        RedactionMap map = new RedactionMap("Dto", null).Define(MemberRule.Hidden("Nickname", RedactMode.Mask));
        var redacting = new Redacting
        {
            Map = null,
            Assemblies = [new GeneratedAssembly { Anchor = typeof(string), GeneratorVersion = "0", Maps = [new(typeof(string), map)] }],
        };
        Assert.That(redacting.Run("""{"a":[{"nick_name":"Joe"}]}"""), Is.EqualTo("""{"a":[{"nick_name":"[REDACTED]"}]}"""));
    }

    [Test]
    public void Names_and_paths_of_the_options_apply()
    {
        var redacting = new Redacting();
        redacting.Options.Names.Add("shoe-size");
        redacting.Options.Paths.Add("owner.name");
        Assert.That(
            redacting.Run("""{"shoeSize":44,"owner":[{"name":"Ann","x":{"name":"kept"}}],"name":"kept"}"""),
            Is.EqualTo("""{"shoeSize":"[REDACTED]","owner":[{"name":"[REDACTED]","x":{"name":"kept"}}],"name":"kept"}"""));
    }

    [Test]
    public void A_hash_is_equal_only_under_the_same_key()
    {
        const string Json = """{"email":"ann@example.org"}""";
        string first = Redacting.RedactHidden("email", RedactMode.Hash, Json, "0123456789abcdef");
        Assert.That(first, Does.Match("^{\"email\":\"hash:[0-9a-f]{16}\"}$"));
        Assert.That(Redacting.RedactHidden("email", RedactMode.Hash, Json, "0123456789abcdef"), Is.EqualTo(first));
        Assert.That(Redacting.RedactHidden("email", RedactMode.Hash, Json, "0123456789abcdeX"), Is.Not.EqualTo(first));
    }

    [TestCase("\"12345678901\"", Redacting.Masked)]
    [TestCase("\"123456789012\"", "\"****9012\"")]
    [TestCase("4111111111111111", "\"****1111\"")]
    [TestCase("\"aaaaaaaaaa\\u00e4\\u00f6\"", "\"****aaäö\"")]
    [TestCase("[\"123456789012\"]", Redacting.Masked)]
    public void The_last_four_characters_show_from_twelve_on(string value, string expected)
        => Assert.That(Redacting.RedactHidden("n", RedactMode.Last4, "{\"n\":" + value + "}"), Is.EqualTo("{\"n\":" + expected + "}"));

    [Test]
    public void Hidden_leaves_are_collected_decoded()
    {
        var redacting = new Redacting();
        redacting.Run("""{"secret":{"a":["p\u00e4ss\n",12345,true,null],"b":{"c":"deep"}},"open":"shown"}""");
        Assert.That(redacting.SecretTexts(), Is.EqualTo(new[] { "päss\n", "12345", "deep" }));
    }

    [TestCase("{\"a\":1}x")]
    [TestCase("{\"a\":1},")]
    [TestCase("{\"a\":1")]
    [TestCase("{a:1}")]
    [TestCase("[1,]")]
    [TestCase("{\"a\":01}")]
    [TestCase("{\"a\":\"\t\"}")]
    [TestCase("")]
    [TestCase("  ")]
    [TestCase("nul")]
    [TestCase("password=hunter2")]
    public void What_is_no_JSON_is_refused(string json) => Assert.That(Redacting.Redact(json), Is.EqualTo("(invalid)"));

    [Test]
    public void UTF_16_and_broken_UTF_8_are_refused()
    {
        Assert.That(new Redacting().Run(Encoding.Unicode.GetBytes("""{"a":1}""")), Is.EqualTo("(invalid)"));
        Assert.That(new Redacting().Run([(byte)'"', 0xC3, (byte)'"']), Is.EqualTo("(invalid)"));
    }

    [Test]
    public void Lone_surrogates_and_line_separators_are_made_harmless()
        => Assert.That(
            Redacting.Redact("[\"a\\ud800b\\udc00\\ud83d\\ude00\u2028c\u2029\u20AC\"]"),
            Is.EqualTo("[\"a\\ufffdb\\ufffd\\ud83d\\ude00\\u2028c\\u2029\u20AC\"]"));

    [Test]
    public void A_hundred_thousand_levels_are_refused_without_a_stack_overflow()
    {
        Assert.That(Redacting.Redact(new string('[', 100_000) + new string(']', 100_000)), Is.EqualTo("(invalid)"));
        string deepest = new string('[', JsonRedactor.MaxDepth) + new string(']', JsonRedactor.MaxDepth);
        Assert.That(Redacting.Redact(deepest), Is.EqualTo(deepest));
    }

    [TestCase("""{"a":"bcd","e":[1,2""", """{"a":"bcd","e":[1,""")]
    [TestCase("""{"a":"bc""", """{"a":""")]
    [TestCase("""{"a":"b\ud800c""", """{"a":""")]
    [TestCase("""{ "a" : tru""", """{"a":""")]
    [TestCase("""{"a":1,"pass""", """{"a":1,""")]
    [TestCase("""{"password":"hunt""", """{"password":"[REDACTED]" """)]
    [TestCase("""{"password":""", """{"password":"[REDACTED]" """)]
    [TestCase("""{"a":1,"secret":{"b":["x",""", """{"a":1,"secret":"[REDACTED]" """)]
    public void A_cut_body_loses_its_cut_token_and_never_shows_half_a_secret(string json, string expected)
        => Assert.That(new Redacting().Run(Encoding.UTF8.GetBytes(json), mayBeCut: true), Is.EqualTo(expected.TrimEnd()));

    [Test]
    public void Half_a_hidden_value_is_a_secret_too()
    {
        var redacting = new Redacting();
        redacting.Run("""{"password":"hunter2-and-mo"""u8, mayBeCut: true);
        Assert.That(redacting.SecretTexts(), Is.EqualTo(new[] { "hunter2-and-mo" }));
    }

    [Test]
    public void A_cut_inside_a_character_costs_only_that_character()
    {
        byte[] json = Encoding.UTF8.GetBytes("[\"a\",\"€");
        Assert.That(new Redacting().Run(json.AsSpan(0, json.Length - 1), mayBeCut: true), Is.EqualTo("[\"a\","));
    }
}
