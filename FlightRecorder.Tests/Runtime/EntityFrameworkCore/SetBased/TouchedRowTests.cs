using System.Data.Common;
using FlightRecorder.Tests.EntityFrameworkCore.Model;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore.SetBased;

/// <summary>The rows before and after ExecuteUpdate, ExecuteDelete and raw SQL.</summary>
public sealed class TouchedRowTests : DatabaseTest
{
    [SetUp]
    public Task FillAsync() => AddUnrecordedAsync(
        new Order { Number = "A1", Qty = 1 }, new Order { Number = "A2", Qty = 1 }, new Order { Number = "A3", Qty = 7 });

    [Test]
    public async Task ExecuteUpdate_shows_its_rows_before_and_after()
    {
        int qty = 3;
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            Assert.That(await context.Orders.Where(order => order.Qty == 1).ExecuteUpdateAsync(set => set.SetProperty(order => order.Qty, qty)), Is.EqualTo(2));
        });

        MutationEntry mutation = recorded.Mutations.Single();
        Assert.That(Rows(mutation.Before), Is.EqualTo("Id=1,Number=A1,Qty=1|Id=2,Number=A2,Qty=1"));
        Assert.That(Rows(mutation.After), Is.EqualTo("Id=1,Number=A1,Qty=3|Id=2,Number=A2,Qty=3"));
        Assert.That(mutation.Changed, Is.EqualTo(new[] { "Qty" }));
        Assert.That(mutation.Where, Does.Contain("qty = 1"));
        Assert.That(recorded.Gap, Is.Empty);
        Assert.That(recorded.Commands, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ExecuteUpdate_without_async_reads_without_async()
    {
        RecordedOperation recorded = await RecordAsync(() =>
        {
            using ShopContext context = Open();
            context.Orders.Where(order => order.Number == "A3").ExecuteUpdate(set => set.SetProperty(order => order.Qty, order => order.Qty + 1));
            return Task.CompletedTask;
        });

        Assert.That(recorded.Text, Is.EqualTo("bulkUpdate Order orders [Id=3] {Id=3,Number=A3,Qty=7} → {Id=3,Number=A3,Qty=8} ~Qty Committed"));
    }

    [Test]
    public async Task ExecuteDelete_shows_its_rows_before_and_none_after()
    {
        string number = "A2";
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Orders.Where(order => order.Number == number).ExecuteDeleteAsync();
        });

        Assert.That(Rows(recorded.Mutations[0].Before), Is.EqualTo("Id=2,Number=A2,Qty=1"));
        Assert.That(recorded.Mutations[0].After, Is.Empty);
        Assert.That(recorded.Gap, Is.Empty);
    }

    [Test]
    public async Task Raw_SQL_shows_its_rows_sync_and_async()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Database.ExecuteSqlAsync($"UPDATE orders SET qty = {5} WHERE \"Number\" = {"A1"}");
            context.Database.ExecuteSql($"DELETE FROM public.orders o WHERE o.\"Number\" = {"A1"}");
        });

        Assert.That(Rows(recorded.Mutations[0].Before), Is.EqualTo("Id=1,Number=A1,Qty=1"));
        Assert.That(Rows(recorded.Mutations[0].After), Is.EqualTo("Id=1,Number=A1,Qty=5"));
        Assert.That(MutationText.Row(recorded.Mutations[1].Before![0]), Is.EqualTo("id=1").Or.EqualTo("Id=1,Number=A1,qty=5").Or.EqualTo("Id=1,Number=A1,Qty=5"));
        Assert.That(recorded.Gap, Is.Empty);
    }

    [Test]
    public async Task In_a_transaction_that_is_rolled_back_they_are_those_of_the_transaction()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await using var transaction = await context.Database.BeginTransactionAsync();
            await context.Orders.Where(order => order.Id == 1).ExecuteUpdateAsync(set => set.SetProperty(order => order.Qty, 2));
            await context.Orders.Where(order => order.Id == 1).ExecuteUpdateAsync(set => set.SetProperty(order => order.Qty, 4));
            await transaction.RollbackAsync();
        });

        Assert.That(recorded.Text, Is.EqualTo("""
            bulkUpdate Order orders [Id=1] {Id=1,Number=A1,Qty=1} → {Id=1,Number=A1,Qty=2} ~Qty t1 RolledBack
            bulkUpdate Order orders [Id=1] {Id=1,Number=A1,Qty=2} → {Id=1,Number=A1,Qty=4} ~Qty t1 RolledBack
            """));
        Assert.That(recorded.Gap, Is.Empty);
    }

    [Test]
    public async Task A_row_has_the_shape_of_a_saved_one()
    {
        await AddUnrecordedAsync(new Customer
        {
            Name = "Ann",
            Password = "pw-of-ann",
            Tier = Tier.Gold,
            Address = new Address { Street = "Elm", DoorCode = "4711-door" },
            Balance = new Money { Amount = 12.50m },
            Phones = [new Phone { Number = "555" }],
            Tags = ["a", "b"],
        });
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Customers.Where(customer => customer.Name == "Ann").ExecuteUpdateAsync(set => set.SetProperty(customer => customer.Name, "Bea"));
        });

        MutationEntry mutation = recorded.Mutations.Single();
        Assert.That(mutation.Map, Is.SameAs(ShopHooks.CustomerMap));
        Dictionary<string, string> row = mutation.Before![0].ToDictionary(value => value.Name, value => MutationText.Row([value]));
        Assert.Multiple(() =>
        {
            Assert.That(row["Name"], Is.EqualTo("Name=Ann"));
            Assert.That(row["Tier"], Is.EqualTo("Tier=Gold"));
            Assert.That(row["Tenant"], Is.EqualTo("Tenant=null"));
            Assert.That(row["Address"], Is.EqualTo("Address={\"Street\":\"Elm\",\"DoorCode\":\"4711-door\"}").Or.EqualTo("Address={\"DoorCode\":\"4711-door\",\"Street\":\"Elm\"}"));
            Assert.That(row["Balance"], Does.Contain("\"Amount\":12.5").And.Contain("\"Currency\":\"EUR\""));
            Assert.That(row["Phones"], Does.Contain("555"));
            Assert.That(row["Tags"], Is.EqualTo("Tags=[\"a\",\"b\"]"));
            Assert.That(mutation.Changed, Is.EqualTo(new[] { "Name" }));
        });
    }

    [Test]
    public async Task An_absent_owned_object_is_null()
    {
        await AddUnrecordedAsync(new Customer { Name = "Ann" });
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Customers.Where(customer => customer.Name == "Ann").ExecuteDeleteAsync();
        });

        Assert.That(MutationText.Row(recorded.Mutations[0].Before![0]), Does.Contain("Address=null"));
    }

    [Test]
    public async Task Rows_of_an_entity_that_is_not_recorded_are_not_read()
    {
        await AddUnrecordedAsync(new Diary { Text = "dear diary" });
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Set<Diary>().Where(diary => diary.Id == 1).ExecuteDeleteAsync();
        });

        Assert.That(recorded.Mutations, Is.Empty);
        Assert.That(recorded.Gap, Is.Empty);
    }

    [Test]
    public async Task A_failed_statement_keeps_the_rows_it_would_have_touched()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            Assert.CatchAsync<DbException>(() => context.Orders.Where(order => order.Id == 1).ExecuteUpdateAsync(set => set.SetProperty(order => order.Qty, -1)));
        });

        Assert.That(recorded.Text, Is.EqualTo("bulkUpdate Order orders [Id=1] {Id=1,Number=A1,Qty=1} → - RolledBack"));
    }

    [Test]
    public async Task A_query_that_changes_rows_shows_them_before_only()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Database.SqlQueryRaw<int>("UPDATE orders SET qty = 9 WHERE \"Id\" = 1 RETURNING qty").ToListAsync();
        });

        Assert.That(recorded.Text, Is.EqualTo("bulkUpdate Order orders [Id=1] {Id=1,Number=A1,Qty=1} → - Committed"));
        Assert.That(recorded.Gap, Does.Contain("the rows after a statement were not read"));
    }

    [TestCase(true, 0)]
    [TestCase(false, 20)]
    public async Task Nothing_is_read_where_no_rows_are_wanted(bool captureBefore, int limit)
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open(options => (options.CaptureBefore, options.BeforeRowLimit) = (captureBefore, limit));
            await context.Orders.Where(order => order.Id == 1).ExecuteDeleteAsync();
        });

        Assert.That(recorded.Mutations[0].Before, Is.Null);
        Assert.That(recorded.Gap, Is.Empty);
    }

    private static string Rows(NamedValue[][]? rows) => string.Join('|', rows!.Select(MutationText.Row));
}
