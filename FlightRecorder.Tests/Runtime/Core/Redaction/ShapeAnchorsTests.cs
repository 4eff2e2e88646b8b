using System.Text;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>The look that decides whether a body is searched for shapes must never say no where a shape stands.</summary>
public class ShapeAnchorsTests
{
    [TestCase("eyJ")]
    [TestCase("bearer")]
    [TestCase("Bearer")]
    [TestCase("BEARER")]
    [TestCase("://")]
    [TestCase("=")]
    [TestCase("-----BEGIN ")]
    [TestCase(@"\u00")]
    [TestCase("4111111111111")]
    [TestCase("4111 1111 1111 1111")]
    public void The_beginning_of_a_shape_is_seen_at_every_place(string anchor)
    {
        for (int before = 0; before < 150; before++)
        {
            byte[] text = Encoding.ASCII.GetBytes(new string('x', before) + anchor + new string('x', 20));
            Assert.That(SecretShapes.MayBeIn(text), Is.True, $"after {before} characters");
        }
    }

    [TestCase("""{"id":"3f9b2c10-55aa-4d1e-9c5e-b6a7d2f0c111","product":"SKU-1000-BLUE","day":"2026-11-20","quantity":12,"price":10.95}""")]
    [TestCase("""{"note":"Bring the big Job to the GARAGE / yard, by about 4111111 o'clock","bear":"Beard"}""")]
    public void Ordinary_JSON_has_none(string json)
        => Assert.That(SecretShapes.MayBeIn(Encoding.UTF8.GetBytes(json)), Is.False);
}
