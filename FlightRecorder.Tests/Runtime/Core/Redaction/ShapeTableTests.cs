using System.Text.Json;
using System.Text.RegularExpressions;
using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Core.Redaction.Shapes;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>
/// Every shape of data in every spelling: values of real types, written by System.Text.Json, hidden by the maps that our
/// generator compiled for them.
/// </summary>
public partial class ShapeTableTests
{
    private static IEnumerable<TestCaseData> Cells
        => from shape in Shape.All
           from setting in Setting.All
           select new TestCaseData(shape, setting).SetArgDisplayNames(shape.Handler, setting.Name);

    [TestCaseSource(nameof(Cells))]
    public void Marked_members_are_hidden_and_open_ones_are_not(object row, object column)
    {
        string json = Write((Shape)row, (Setting)column);
        string redacted = Redact((Shape)row, json);
        Assert.That(json, Does.Contain(Tokens.SecretMark));
        Assert.That(redacted, Does.Not.Contain(Tokens.SecretMark).And.Not.Contain("31415926535"));
        if (!((Shape)row).HidesListsOf((Setting)column))
        {
            Assert.That(OpenTokens().Matches(redacted).Select(match => match.Value), Is.EqualTo(OpenTokens().Matches(json).Select(match => match.Value)));
        }

        Assert.DoesNotThrow(() => JsonDocument.Parse(redacted));
    }

    [TestCaseSource(nameof(Cells))]
    public void Marked_members_with_a_name_of_their_own_are_hidden_under_it(object row, object column)
    {
        var shape = (Shape)row;
        string json = Write(shape, (Setting)column);
        string redacted = Redact(shape, json);
        int named = Count(redacted, "\"x-other.name\":");
        Assert.That(Count(redacted, "\"x-other.name\":" + Redacting.Masked), Is.EqualTo(named));
        bool isHiddenWhole = shape.IsWhole || shape.HidesListsOf((Setting)column);
        Assert.That(named > 0, Is.EqualTo(json.Contains("x-other.name", StringComparison.Ordinal) && !isHiddenWhole));
    }

    [Test]
    public void The_table_has_a_row_for_each_handler()
        => Assert.That(Shape.All.Select(shape => shape.Handler), Is.EqualTo(typeof(ShapeHandlers).GetMethods().Where(method => method.IsStatic).Select(method => method.Name)));

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static string Write(Shape shape, Setting setting) => JsonSerializer.Serialize(shape.Make(), shape.Declared, setting.Options);

    private static string Redact(Shape shape, string json)
    {
        GeneratedAssembly assembly = GeneratedCode.Assemblies.Single(known => known.Anchor.Assembly == typeof(ShapeHandlers).Assembly && known.Plans.Length > 0);
        HandlerPlan plan = assembly.Plans.Single(plan => plan.Name == nameof(ShapeHandlers) + "." + shape.Handler);
        return new Redacting { Map = plan.RequestBody, Assemblies = GeneratedCode.Assemblies }.Run(json);
    }

    [GeneratedRegex("oPeN~[0-9]{5}~")]
    private static partial Regex OpenTokens();
}
