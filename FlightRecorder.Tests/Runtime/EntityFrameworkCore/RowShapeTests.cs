using FlightRecorder.Tests.EntityFrameworkCore.Model;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore;

public sealed class RowShapeTests : DatabaseTest
{
    [Test]
    public async Task Every_kind_of_member_has_its_name_and_value()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            Customer customer = Ann();
            context.Add(customer);
            context.Entry(customer).Property("Tenant").CurrentValue = "acme";
            await context.SaveChangesAsync();
        });

        Assert.That(MutationText.Row(recorded.Mutations[0].After![0]).Split(','), Is.SupersetOf("""
            Id=1
            Email=mail:ann@example.org
            Name=Ann
            Tags=["new"
            "vip"]
            Tenant=acme
            Tier=Gold
            Balance={"Amount":12.5
            "Currency":"EUR"}
            Address={"DoorCode":"77"
            "Street":"Main"}
            Phones=[{"Number":"1"}
            {"Number":"2"}]
            """.Split('\n')));
        Assert.That(recorded.Mutations[0].Table, Is.EqualTo("shop.customers"));
        Assert.That(recorded.Mutations, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_change_of_a_complex_member_names_its_path()
    {
        await AddUnrecordedAsync(Ann());

        NamedValue[][] rows = await ChangeAsync(customer => customer.Balance.Amount = 20, "Balance.Amount");

        Assert.That(Member(rows[0], "Balance"), Is.EqualTo("""Balance={"Amount":12.5,"Currency":"EUR"}"""));
        Assert.That(Member(rows[1], "Balance"), Is.EqualTo("""Balance={"Amount":20.0,"Currency":"EUR"}""").Or.EqualTo("""Balance={"Amount":20,"Currency":"EUR"}"""));
    }

    [Test]
    public async Task A_change_of_an_owned_member_is_a_change_of_its_owner()
    {
        await AddUnrecordedAsync(Ann());

        NamedValue[][] rows = await ChangeAsync(customer => customer.Address!.Street = "Side", "Address.Street");

        Assert.That(Member(rows[0], "Address"), Is.EqualTo("""Address={"DoorCode":"77","Street":"Main"}"""));
        Assert.That(Member(rows[1], "Address"), Is.EqualTo("""Address={"DoorCode":"77","Street":"Side"}"""));
    }

    [Test]
    public async Task An_owned_member_replaced_has_both_values()
    {
        await AddUnrecordedAsync(Ann());

        NamedValue[][] rows = await ChangeAsync(customer => customer.Address = new Address { Street = "Other", DoorCode = "9" }, "Address");

        Assert.That(Member(rows[0], "Address"), Is.EqualTo("""Address={"DoorCode":"77","Street":"Main"}"""));
        Assert.That(Member(rows[1], "Address"), Is.EqualTo("""Address={"DoorCode":"9","Street":"Other"}"""));
    }

    [Test]
    public async Task An_owned_member_removed_is_null_afterwards()
    {
        await AddUnrecordedAsync(Ann());

        NamedValue[][] rows = await ChangeAsync(customer => customer.Address = null, "Address");

        Assert.That(Member(rows[0], "Address"), Does.Contain("Main"));
        Assert.That(Member(rows[1], "Address"), Is.EqualTo("Address=null"));
    }

    [Test]
    public async Task A_change_in_a_JSON_column_has_both_lists()
    {
        await AddUnrecordedAsync(Ann());

        NamedValue[][] rows = await ChangeAsync(customer => customer.Phones.RemoveAt(0), "Phones");

        Assert.That(Member(rows[0], "Phones"), Is.EqualTo("""Phones=[{"Number":"1"},{"Number":"2"}]"""));
        Assert.That(Member(rows[1], "Phones"), Is.EqualTo("""Phones=[{"Number":"2"}]"""));
    }

    [Test]
    public async Task A_change_of_a_list_of_values_keeps_the_list_as_it_was()
    {
        await AddUnrecordedAsync(Ann());

        NamedValue[][] rows = await ChangeAsync(customer => customer.Tags.Add("late"), "Tags");

        Assert.That(Member(rows[0], "Tags"), Is.EqualTo("""Tags=["new","vip"]"""));
        Assert.That(Member(rows[1], "Tags"), Is.EqualTo("""Tags=["new","vip","late"]"""));
    }

    [Test]
    public async Task A_deleted_owner_shows_what_it_held()
    {
        await AddUnrecordedAsync(Ann());

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            context.Remove(await context.Customers.SingleAsync());
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("delete Customer - Committed"));
        Assert.That(Member(recorded.Mutations[0].Before![0], "Address"), Does.Contain("Main"));
        Assert.That(Member(recorded.Mutations[0].Before![0], "Phones"), Does.Contain("\"2\""));
    }

    [Test]
    public async Task Owned_rows_of_a_table_of_their_own_are_rows_of_their_own()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            context.Add(new Order { Number = "A1", Qty = 1, Lines = [new OrderLine { Sku = "S1" }] });
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Text, Is.EqualTo("""
            insert Order orders [Id=1] - → {Id=1,Number=A1,Qty=1} t1 Committed
            insert Order.Lines order_lines [OrderId=1,Id=1] - → {OrderId=1,Id=1,Sku=S1} t1 Committed
            """));
        Assert.That(recorded.Mutations[1].Map, Is.Not.Null);
    }

    [Test]
    public async Task A_derived_entity_has_its_own_name_and_its_discriminator()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            context.Add(new Dog { Name = "Rex", Barks = true });
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Text, Is.EqualTo("insert Dog Animals [Id=1] - → {Id=1,Discriminator=Dog,Name=Rex,Barks=True} Committed"));
        Assert.That(recorded.Mutations[0].Map?.Name, Is.EqualTo("Animal"));
    }

    [Test]
    public async Task A_row_of_a_many_to_many_has_its_two_keys()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            context.Add(new Order { Number = "A1", Qty = 1, Labels = [new Label { Text = "new" }] });
            await context.SaveChangesAsync();
        });

        MutationEntry join = recorded.Mutations.Single(mutation => mutation.Table == "LabelOrder");
        Assert.That(MutationText.Of(join), Is.EqualTo("insert LabelOrder LabelOrder [LabelsId=1,OrdersId=1] - → {LabelsId=1,OrdersId=1} t1 Committed"));
        Assert.That(join.Map, Is.Not.Null);
        Assert.That(MutationText.Row(join.Parameters), Does.Not.Contain("[REDACTED]"));
    }

    private static Customer Ann() => new()
    {
        Name = "Ann",
        Password = "secret-word",
        Tier = Tier.Gold,
        Email = new Email("ann@example.org"),
        Address = new Address { Street = "Main", DoorCode = "77" },
        Balance = new Money { Amount = 12.5m },
        Phones = [new Phone { Number = "1" }, new Phone { Number = "2" }],
        Tags = ["new", "vip"],
    };

    private async Task<NamedValue[][]> ChangeAsync(Action<Customer> change, string changed)
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            change(await context.Customers.SingleAsync());
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("update Customer - Committed"));
        Assert.That(recorded.Mutations[0].Changed, Is.EqualTo(new[] { changed }));
        return [recorded.Mutations[0].Before![0], recorded.Mutations[0].After![0]];
    }

    private static string Member(NamedValue[] row, string name) => MutationText.Row([row.Single(value => value.Name == name)]);
}
