using FlightRecorder.CompilerServices;
using FlightRecorder.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore.SetBased;

/// <summary>The rule of the rows of a table that several entities share, such as a hierarchy.</summary>
public sealed class TableRuleTests
{
    private static readonly RedactionMap Plain = new("Animal", null);
    private static readonly RedactionMap Hiding = new RedactionMap("Dog", null).Define(MemberRule.Hidden("Chip", RedactMode.Last4));
    private static readonly RedactionMap Revealing = new RedactionMap("Cat", null).Define(MemberRule.Shown("Chip"), MemberRule.Shown("Token"), MemberRule.Of("Home", Plain));

    [Test]
    public void One_entity_keeps_its_own_rule()
    {
        Assert.That(TableRule.Of([new EntityRule(true, Revealing)]), Is.EqualTo(new EntityRule(true, Revealing)));
        Assert.That(TableRule.Of([new EntityRule(true, Hiding), new EntityRule(true, Hiding)]).Map, Is.SameAs(Hiding));
    }

    [Test]
    public void What_one_of_them_hides_is_hidden_whatever_another_reveals()
    {
        MemberRule[] members = [.. TableRule.Of([new EntityRule(true, Plain), new EntityRule(true, Revealing), new EntityRule(true, Hiding)]).Map!.Members];

        Assert.That(members.Select(member => (member.Name, member.Mode, member.Revealed)), Is.EquivalentTo(new (string, RedactMode?, bool)[]
        {
            ("Chip", RedactMode.Last4, false),
            ("Home", null, false),
        }));
    }

    [Test]
    public void An_entity_that_is_not_known_makes_all_of_them_unknown()
        => Assert.That(TableRule.Of([new EntityRule(true, Hiding), new EntityRule(true, null)]).Map, Is.Null);

    [Test]
    public void An_entity_that_is_not_recorded_keeps_all_of_them_from_being_read()
        => Assert.That(TableRule.Of([new EntityRule(true, Plain), new EntityRule(false, null, IsExcluded: true)]).Recorded, Is.False);

    [Test]
    public void An_entity_that_is_hidden_whole_hides_all_of_them()
        => Assert.That(TableRule.Of([new EntityRule(true, Plain), new EntityRule(true, new RedactionMap("X", null).DefineWhole(RedactMode.Mask))]).Map!.Whole, Is.EqualTo(RedactMode.Mask));
}
