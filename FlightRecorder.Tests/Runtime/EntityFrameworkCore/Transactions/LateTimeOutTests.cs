using FlightRecorder.Tests.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore.Transactions;

/// <summary>
/// The server is still busy committing a save by itself when its time is up: the rows have been answered by then, and the provider hides the
/// error where nobody asks for more than them. EF Core asks.
/// </summary>
public sealed class LateTimeOutTests : TransactionTest
{
    [OneTimeSetUp]
    public Task CreateTriggerAsync() => RunAsync("""
        CREATE FUNCTION doze() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(20); RETURN NULL; END';
        CREATE CONSTRAINT TRIGGER doze AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION doze();
        """);

    [Test]
    public Task A_save_that_the_server_takes_back_is_not_called_committed()
        => ExpectAsync("- Unknown", 0, context =>
        {
            context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
            context.Database.SetCommandTimeout(1);
            Assert.CatchAsync<DbUpdateException>(() => AddOrderAsync(context, "A1"));
            return Task.CompletedTask;
        });

    private async Task RunAsync(string sql)
    {
        await using ShopContext context = Unrecorded();
        await context.Database.ExecuteSqlRawAsync(sql);
    }
}
