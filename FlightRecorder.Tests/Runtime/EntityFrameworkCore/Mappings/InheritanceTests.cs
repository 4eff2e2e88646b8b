using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore.Mappings;

public sealed class InheritanceTests : MappingTest
{
    [Test]
    public async Task A_row_over_two_tables_is_one_change_with_the_members_of_both()
    {
        RecordedOperation recorded = await SaveAsync(async context => await context.AddAsync(new Car { Wheels = 4, Doors = 5 }));

        Assert.That(recorded.Text, Is.EqualTo("insert Car cars [Id=1] - → {Id=1,Wheels=4,Doors=5} t1 Committed"));
        Assert.That(recorded.Mutations[0].Sql, Does.StartWith("INSERT INTO cars"));
    }

    [Test]
    public async Task A_change_in_the_table_of_the_base_alone_has_its_statement()
    {
        await SeedAsync(new Car { Wheels = 4, Doors = 5 });

        RecordedOperation recorded = await SaveAsync(async context => (await context.Vehicles.SingleAsync()).Wheels = 3);

        Assert.That(recorded.Text, Is.EqualTo("update Car cars [Id=1] {Id=1,Wheels=4,Doors=5} → {Id=1,Wheels=3,Doors=5} ~Wheels Committed"));
        Assert.That(recorded.Mutations[0].Sql, Does.StartWith("UPDATE vehicles"));
    }

    [Test]
    public async Task A_row_over_two_tables_is_deleted_as_one()
    {
        await SeedAsync(new Car { Wheels = 4, Doors = 5 });

        RecordedOperation recorded = await SaveAsync(async context => context.Remove(await context.Vehicles.SingleAsync()));

        Assert.That(recorded.Text, Is.EqualTo("delete Car cars [Id=1] {Id=1,Wheels=4,Doors=5} → - t1 Committed"));
    }

    [Test]
    public async Task A_table_for_each_concrete_entity_holds_the_members_of_the_base()
    {
        await SeedAsync(new Circle { Color = "red", Radius = 1 });

        RecordedOperation recorded = await SaveAsync(async context =>
        {
            (await context.Shapes.SingleAsync()).Color = "blue";
            context.Add(new Circle { Color = "green", Radius = 2 });
        });

        string[] rows = [.. recorded.Mutations.Select(mutation => $"{mutation.Operation} {mutation.Model} {mutation.Table} {Member(mutation.After, "Color")} {mutation.Outcome}")];
        Assert.That(rows, Is.EquivalentTo(new[] { "update Circle circles Color=blue Committed", "insert Circle circles Color=green Committed" }));
        Assert.That(Member(recorded.Mutations.Single(mutation => mutation.Operation == "update").Before, "Color"), Is.EqualTo("Color=red"));
    }
}
