using System.Data.Common;
using System.Transactions;
using FlightRecorder.Tests.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FlightRecorder.Tests.EntityFrameworkCore.Transactions;

/// <summary>Ambient transactions, which end away from the context.</summary>
public sealed class ScopeTests : TransactionTest
{
    [Test]
    public Task A_completed_scope_commits()
        => ExpectAsync("t1 Committed, t1 Committed", 2, () => WithinScopeAsync(async scope =>
        {
            await using ShopContext context = Open();
            await AddOrderAsync(context, "A1");
            await AddOrderAsync(context, "A2");
            scope.Complete();
        }));

    [Test]
    public Task An_abandoned_scope_rolls_back()
        => ExpectAsync("t1 RolledBack, - Committed", 1, async () =>
        {
            await WithinScopeAsync(async _ =>
            {
                await using ShopContext context = Open();
                await AddOrderAsync(context, "A1");
            });
            await using ShopContext other = Open();
            await AddOrderAsync(other, "A2");
        });

    [Test]
    public Task A_completed_scope_with_a_failed_statement_is_not_called_committed()
        => ExpectAsync("t1 RolledBack", 0, async () =>
        {
            try
            {
                await WithinScopeAsync(async scope =>
                {
                    await using ShopContext context = Open();
                    await AddOrderAsync(context, "A1");
                    Assert.CatchAsync<DbException>(() => context.Database.ExecuteSqlRawAsync("SELECT 1 / 0"));
                    scope.Complete();
                });
            }
            catch (TransactionException)
            {
                // Whether the scope tells is up to the provider.
            }
        });

    [Test]
    public Task A_scope_that_the_connection_does_not_join_says_nothing()
        => ExpectAsync("t1 Unknown", 1, () => WithinScopeAsync(async _ =>
        {
            await using var connection = new NpgsqlConnection(ConnectionString + ";Enlist=false");
            await using ShopContext context = Open(connection: connection);
            await AddOrderAsync(context, "A1");
        }));

    private static async Task WithinScopeAsync(Func<TransactionScope, Task> work)
    {
        using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
        await work(scope);
    }
}
