using FlightRecorder.Tests.EntityFrameworkCore.Model;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore;

public sealed class SavedRowsTests : DatabaseTest
{
    [Test]
    public async Task An_insert_has_its_generated_key_and_no_before()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            context.Add(new Order { Number = "A1", Qty = 2 });
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Text, Is.EqualTo("insert Order orders [Id=1] - → {Id=1,Number=A1,Qty=2} Committed"));
        Assert.That(recorded.Mutations[0].Sql, Does.StartWith("INSERT INTO orders"));
        Assert.That(MutationText.Row(recorded.Mutations[0].Parameters), Is.EqualTo("p0=A1,p1=2"));
        Assert.That(recorded.Mutations[0].Map, Is.SameAs(ShopHooks.OrderMap));
    }

    [Test]
    public async Task A_save_that_does_not_accept_its_changes_has_the_generated_key()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            context.Add(new Order { Number = "A1", Qty = 2 });
            await context.SaveChangesAsync(acceptAllChangesOnSuccess: false);
        });

        Assert.That(recorded.Text, Is.EqualTo("insert Order orders [Id=1] - → {Id=1,Number=A1,Qty=2} Committed"));
    }

    [Test]
    public void A_synchronous_save_is_recorded_as_well()
    {
        RecordedOperation recorded = RecordAsync(() =>
        {
            using ShopContext context = Open();
            context.Add(new Order { Number = "A1", Qty = 2 });
            context.SaveChanges();
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();

        Assert.That(recorded.Text, Is.EqualTo("insert Order orders [Id=1] - → {Id=1,Number=A1,Qty=2} Committed"));
    }

    [Test]
    public async Task An_update_has_before_after_and_the_changed_members()
    {
        await AddUnrecordedAsync(new Order { Number = "A1", Qty = 2 });

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            Order order = await context.Orders.SingleAsync();
            order.Qty = 5;
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Text, Is.EqualTo(
            "update Order orders [Id=1] {Id=1,Number=A1,Qty=2} → {Id=1,Number=A1,Qty=5} ~Qty Committed"));
        Assert.That(recorded.Mutations[0].Rows, Is.EqualTo(1));
    }

    [Test]
    public async Task A_delete_has_before_and_no_after()
    {
        await AddUnrecordedAsync(new Order { Number = "A1", Qty = 2 });

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            context.Remove(await context.Orders.SingleAsync());
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Text, Is.EqualTo("delete Order orders [Id=1] {Id=1,Number=A1,Qty=2} → - Committed"));
    }

    [Test]
    public async Task Several_rows_of_one_save_share_its_transaction()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            context.AddRange(new Order { Number = "A1", Qty = 1 }, new Order { Number = "A2", Qty = 2 });
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 Committed\ninsert Order t1 Committed"));
    }

    [Test]
    public async Task Each_row_of_a_batch_has_its_own_statement_and_parameters()
    {
        await AddUnrecordedAsync(new Order { Number = "A1", Qty = 1 }, new Order { Number = "A2", Qty = 2 });

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            List<Order> orders = await context.Orders.OrderByDescending(order => order.Id).ToListAsync();
            orders.ForEach(order => order.Qty += 10);
            context.AddRange(new Order { Number = "A4", Qty = 4 }, new Order { Number = "A3", Qty = 3 });
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Mutations.Select(mutation => $"{mutation.Sql!.Split(' ')[0]} {MutationText.Row(mutation.Key)} {MutationText.Row(mutation.Parameters)}"), Is.EquivalentTo(new[]
        {
            "UPDATE Id=1 p0=11,p1=1",
            "UPDATE Id=2 p2=12,p3=2",
            "INSERT Id=3 p4=A4,p5=4",
            "INSERT Id=4 p6=A3,p7=3",
        }));
        Assert.That(recorded.Mutations.Select(mutation => mutation.Sql), Is.All.Not.Contains(";"));
    }

    [Test]
    public async Task Without_CaptureBefore_there_is_no_before()
    {
        await AddUnrecordedAsync(new Order { Number = "A1", Qty = 2 });

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open(o => o.CaptureBefore = false);
            (await context.Orders.SingleAsync()).Qty = 5;
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Text, Is.EqualTo("update Order orders [Id=1] - → {Id=1,Number=A1,Qty=5} ~Qty Committed"));
    }

    [Test]
    public async Task More_rows_than_MaxMutations_are_counted_in_a_gap()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open(o => o.MaxMutations = 2);
            context.AddRange(Enumerable.Range(1, 5).Select(i => new Order { Number = "A" + i, Qty = i }));
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Mutations, Has.Count.EqualTo(2));
        Assert.That(recorded.Gap, Is.EqualTo("mutations: 3 more rows of one save did not fit"));
    }

    [Test]
    public async Task A_save_without_changes_leaves_nothing()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Timeline, Is.Empty);
        Assert.That(recorded.Gaps, Is.Empty);
    }

    [Test]
    public async Task Each_mutation_has_its_timeline_entry()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            context.Add(new Order { Number = "A1", Qty = 2 });
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Timeline.Select(entry => entry.Type), Is.EqualTo(new[] { "db.command", "db.mutation" }));
    }

    [Test]
    public async Task A_save_inside_a_save_is_recorded_by_itself()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using var context = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseNpgsql(ConnectionString)
                .AddInterceptors(new AuditingInterceptor()).UseFlightRecorder().Options);
            context.Add(new Order { Number = "A1", Qty = 2 });
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Voucher - Committed\ninsert Order - Committed"));
    }
}
