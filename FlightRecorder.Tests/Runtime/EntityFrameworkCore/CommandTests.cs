using System.Data.Common;
using FlightRecorder.Tests.EntityFrameworkCore.Model;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore;

public sealed class CommandTests : DatabaseTest
{
    [Test]
    public async Task A_query_has_its_SQL_parameters_rows_and_duration()
    {
        await AddUnrecordedAsync(new Order { Number = "A1", Qty = 1 }, new Order { Number = "A2", Qty = 1 });

        int least = 0;
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Orders.Where(order => order.Id > least).ToListAsync();
        });

        TimelineEntry query = recorded.Commands.Single();
        Assert.That(query.Type, Is.EqualTo("db.query"));
        Assert.That(query.Sql, Does.StartWith("SELECT"));
        Assert.That(MutationText.Row(query.Parameters), Is.EqualTo("least=0"));
        Assert.That(query.Rows, Is.EqualTo(2));
        Assert.That(query.DurationUs, Is.GreaterThan(0));
        Assert.That(query.AtUs, Is.GreaterThanOrEqualTo(0));
    }

    [Test]
    public async Task A_save_is_a_command_with_its_affected_rows()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            context.Add(new Order { Number = "A1", Qty = 1 });
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Commands.Single().Type, Is.EqualTo("db.command"));
        Assert.That(recorded.Commands.Single().Rows, Is.EqualTo(1));
    }

    [Test]
    public async Task A_failed_command_has_its_error_and_duration()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            Assert.CatchAsync<DbException>(() => context.Orders.FromSqlRaw("SELECT * FROM nowhere").ToListAsync());
        });

        Assert.That(recorded.Commands.Single().Error, Does.Contain("nowhere"));
        Assert.That(recorded.Commands.Single().DurationUs, Is.GreaterThan(0));
    }

    [Test]
    public async Task Without_CaptureParameters_neither_commands_nor_mutations_have_them()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open(o => o.CaptureParameters = false);
            context.Add(new Order { Number = "A1", Qty = 1 });
            await context.SaveChangesAsync();
            await context.Orders.Where(order => order.Number == context.Model.ToString()).ExecuteDeleteAsync();
        });

        Assert.That(recorded.Commands.Select(command => command.Parameters), Is.All.Null);
        Assert.That(recorded.Mutations.Select(mutation => mutation.Parameters), Is.All.Null);
    }

    [Test]
    public async Task ExecuteUpdate_is_a_bulk_update_with_its_rows_counted()
    {
        await AddUnrecordedAsync(new Order { Number = "A1", Qty = 1 }, new Order { Number = "A2", Qty = 1 });

        int qty = 3;
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Orders.Where(order => order.Qty == 1).ExecuteUpdateAsync(set => set.SetProperty(order => order.Qty, qty));
        });

        MutationEntry mutation = recorded.Mutations.Single();
        Assert.That(recorded.Outcomes, Is.EqualTo("bulkUpdate Order - Committed"));
        Assert.That(mutation.Table, Is.EqualTo("orders"));
        Assert.That(mutation.Rows, Is.EqualTo(2));
        Assert.That(mutation.SetBased, Is.True);
        Assert.That(MutationText.Row(mutation.Parameters), Is.EqualTo("p=3"));
        Assert.That(recorded.Gap, Is.Empty);
        Assert.That(recorded.Commands.Single().Rows, Is.EqualTo(2));
    }

    [Test]
    public async Task ExecuteDelete_in_a_transaction_waits_for_its_end()
    {
        await AddUnrecordedAsync(new Order { Number = "A1", Qty = 1 });

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await using var transaction = await context.Database.BeginTransactionAsync();
            await context.Orders.ExecuteDeleteAsync();
            await transaction.RollbackAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("bulkDelete Order t1 RolledBack"));
    }

    [Test]
    public async Task Raw_SQL_that_changes_rows_is_a_mutation_and_a_query_is_not()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Database.ExecuteSqlAsync($"INSERT INTO orders (\"Number\", qty) VALUES ({"A1"}, {1})");
            await context.Database.ExecuteSqlRawAsync("SELECT 1");
            await context.Database.ExecuteSqlRawAsync("UPDATE orders SET qty = 2; DELETE FROM public.orders WHERE qty = 2");
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order - Committed\nbulkUpdate Order - Committed\nbulkDelete Order - Committed"));
        Assert.That(recorded.Mutations[2].Table, Is.EqualTo("public.orders"));
        Assert.That(recorded.Commands, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Raw_SQL_that_fails_is_rolled_back()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            Assert.CatchAsync<DbException>(() => context.Database.ExecuteSqlRawAsync("INSERT INTO orders (\"Number\", qty) VALUES ('A1', -1)"));
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order - RolledBack"));
    }

    [Test]
    public async Task A_query_that_changes_rows_is_a_mutation()
    {
        await AddUnrecordedAsync(new Order { Number = "A1", Qty = 1 });

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Database.SqlQueryRaw<int>("UPDATE orders SET qty = 9 RETURNING qty").ToListAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("bulkUpdate Order - Committed"));
    }

    [Test]
    public async Task A_statement_that_sets_a_hidden_column_shows_no_parameters()
    {
        await AddUnrecordedAsync(new Customer { Name = "Ann" });

        string pin = "pw1";
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Customers.ExecuteUpdateAsync(set => set.SetProperty(customer => customer.Password, pin));
            await context.Database.ExecuteSqlAsync($"UPDATE diaries SET \"Text\" = {"dear diary"}");
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("bulkUpdate Customer - Committed"));
        Assert.That(recorded.Commands.Select(command => MutationText.Row(command.Parameters)), Is.EqualTo(new[] { "p=[REDACTED]", "p0=[REDACTED]" }));
        Assert.That(MutationText.Row(recorded.Mutations[0].Parameters), Is.EqualTo("p=[REDACTED]"));
    }

    [Test]
    public async Task A_query_by_a_hidden_column_shows_no_value_of_it()
    {
        string pin = "pw1";
        string name = "Ann";
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Customers.Where(customer => customer.Name == name && customer.Password == pin).Select(customer => customer.Id).ToListAsync();
        });

        Assert.That(MutationText.Row(recorded.Commands[0].Parameters), Is.EqualTo("name=Ann,pin=[REDACTED]"));
    }
}
