using System.Text;

namespace FlightRecorder.Tests.Core.Transactions.Rows;

public sealed class RowDifferenceTests
{
    [Test]
    public void A_column_that_differs_in_any_row_is_named_once()
    {
        NamedValue[][] before = [Row(1, "a", "{}"), Row(2, "b", "{}")];
        NamedValue[][] after = [Row(1, "a", "{}"), Row(2, null, "{\"x\":1}")];
        Assert.That(RowDifference.Of(before, after), Is.EqualTo(new[] { "name", "doc" }));
        Assert.That(RowDifference.Of(before, [Row(1, "a", "{}"), Row(2, "b", "{}")]), Is.Empty);
    }

    [Test]
    public void Rows_that_are_not_the_same_ones_are_not_compared()
    {
        Assert.That(RowDifference.Of([Row(1, "a", "{}")], []), Is.Null);
        Assert.That(RowDifference.Of([Row(1, "a", "{}")], null), Is.Null);
        Assert.That(RowDifference.Of([], []), Is.Null);
    }

    private static NamedValue[] Row(int id, string? name, string doc)
        => [new("id", id), new("name", name), new("doc", new JsonFragment(Encoding.UTF8.GetBytes(doc)))];
}
