using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore.Mappings;

/// <summary>Complex properties inside each other, and complex collections as JSON.</summary>
public sealed class NestedTests : MappingTest
{
    [Test]
    public async Task A_change_deep_inside_a_complex_property_names_its_path()
    {
        await SeedAsync(NewParcel());

        RecordedOperation recorded = await SaveAsync(async context => (await context.Parcels.SingleAsync()).Size.Weight.Grams = 8);

        MutationEntry mutation = recorded.Mutations.Single();
        Assert.That(mutation.Changed, Is.EqualTo(new[] { "Size.Weight.Grams" }));
        Assert.That(Member(mutation.Before, "Size"), Is.EqualTo("""Size={"Width":3,"Weight":{"Grams":7}}"""));
        Assert.That(Member(mutation.After, "Size"), Is.EqualTo("""Size={"Width":3,"Weight":{"Grams":8}}"""));
    }

    [Test]
    public async Task A_complex_collection_has_its_elements_before_and_after()
    {
        await SeedAsync(NewParcel());

        RecordedOperation recorded = await SaveAsync(async context => (await context.Parcels.SingleAsync()).Stops.Add(new Stop { City = "Bonn" }));

        MutationEntry mutation = recorded.Mutations.Single();
        Assert.That(mutation.Changed, Is.EqualTo(new[] { "Stops" }));
        Assert.That(Member(mutation.Before, "Stops"), Is.EqualTo("""Stops=[{"City":"Ulm"}]"""));
        Assert.That(Member(mutation.After, "Stops"), Is.EqualTo("""Stops=[{"City":"Ulm"},{"City":"Bonn"}]"""));
    }

    [Test]
    public async Task A_change_inside_an_element_of_a_complex_collection_has_both_values()
    {
        await SeedAsync(NewParcel());

        RecordedOperation recorded = await SaveAsync(async context => (await context.Parcels.SingleAsync()).Stops[0].City = "Köln");

        Assert.That(Member(recorded.Mutations.Single().Before, "Stops"), Is.EqualTo("""Stops=[{"City":"Ulm"}]"""));
        Assert.That(Member(recorded.Mutations.Single().After, "Stops"), Does.Contain("ln"));
    }

    private static Parcel NewParcel() => new() { Size = new Size { Width = 3, Weight = new Weight { Grams = 7 } }, Stops = [new Stop { City = "Ulm" }] };
}
