using System.Text;
using System.Text.Json;
using FlightRecorder.PostgreSql;

namespace FlightRecorder.Tests.PostgreSql.Rows;

public sealed class JsonHopTests
{
    private const string Nested = """{"a":"x","b":[1,{"c":"}]\"\\"},[]],"d":-1.5e3,"e":null,"\u0061":true,"f":{},"a":2}""";

    [TestCase(Nested)]
    [TestCase(" { \"a\" : [ 1 , 2 ] ,\n\"d\" : \"\\u0022\" , \"f\":{ \"b\" : 1 } } ")]
    [TestCase("{}")]
    [TestCase("""{"a":""}""")]
    [TestCase("""{"b":[{"x":1},{"y":[{}]}],"a":{"b":{"d":{"f":[[[]]]}}}}""")]
    public void An_object_is_taken_apart_as_a_reader_would(string json)
    {
        ObjectParts read = Parts(), hopped = Parts();
        byte[] bytes = Encoding.UTF8.GetBytes(json);

        read.Split(bytes);
        hopped.SplitValid(bytes);

        Assert.That(Told(hopped), Is.EqualTo(Told(read)));
    }

    [Test]
    public void No_damage_leads_outside_the_bytes()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Nested);
        int refused = 0;
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.That(() => Parts().SplitValid(whole.AsMemory(0, length)), Throws.InstanceOf<JsonException>(), $"cut at {length}");
            foreach (byte other in """{}[]",:\ x"""u8)
            {
                byte[] hit = [.. whole];
                hit[length] = other;
                try
                {
                    Parts().SplitValid(hit);
                }
                catch (JsonException)
                {
                    refused++;
                }
            }
        }

        Assert.That(refused, Is.GreaterThan(100));
    }

    [Test]
    public void A_value_ends_where_a_reader_says_wherever_it_lies([Range(0, 130)] int before, [Values("""{"t":"}]{[\\","u":[{},[],{"a":"x"}]}""", """[[{"a":["\"]"]}],"é{",{}]""", """{"a":{"b":{"c":{}}}}""")] string value)
    {
        string padded = $$$"""{"{{{new string('p', before)}}}":["{",{{{value}}}],"b":[{{{value}}},{"q":"}"}],"a":{{{value}}},"z":"{{{new string('z', 70)}}}"}""";
        ObjectParts read = Parts(), hopped = Parts();
        byte[] bytes = Encoding.UTF8.GetBytes(padded);

        read.Split(bytes);
        hopped.SplitValid(bytes);

        Assert.That(Told(hopped), Is.EqualTo(Told(read)));
    }

    [TestCase("[]")]
    [TestCase("[ ]")]
    [TestCase("""[{"a":[1]},{},{"b":"]"}]""", """{"a":[1]}""", "{}", """{"b":"]"}""")]
    [TestCase("[1, \"two\" ,null]", "1", "\"two\"", "null")]
    [TestCase("7")]
    public void The_elements_of_an_array_are_found(string json, params string[] expected)
        => Assert.That(JsonScalars.Elements(Encoding.UTF8.GetBytes(json)).Select(element => Encoding.UTF8.GetString(element.Span)), Is.EqualTo(expected));

    private static ObjectParts Parts() => new(
        new PartRule("a", PartKind.Json), new PartRule("b", PartKind.Rows), new PartRule("d", PartKind.Seen), new PartRule("f", PartKind.Text));

    private static string Told(ObjectParts parts) => string.Join(
        '|', Enumerable.Range(0, 4).Select(i => $"{parts.Has(i)} {parts.IsTaken(i)} {Encoding.UTF8.GetString(parts.Raw(i).Span)}").Append(Encoding.UTF8.GetString(parts.Rest)));
}
