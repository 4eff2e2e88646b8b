using System.Data.Common;
using System.Transactions;
using FlightRecorder.Tests.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FlightRecorder.Tests.EntityFrameworkCore.Sequences;

/// <summary>
/// A sequence of changes under transactions of all kinds, drawn from a seed: EF Core and Dapper, over one connection or two. What
/// fails on the way is part of it.
/// </summary>
internal sealed class RandomSequence(int seed, string connectionString) : IAsyncDisposable
{
    public const int MarksPerSequence = 200;

    private readonly Random _random = new(seed);
    private readonly List<string> _log = [];
    private readonly FlakyInterceptor _flaky = new();
    private NpgsqlConnection _connection = null!;
    private DapperWrites _dapper = null!;
    private ShopContext _context = null!;
    private int _marks;

    public (int First, int Last) Marks => ((seed * MarksPerSequence) + 1, (seed + 1) * MarksPerSequence);

    /// <summary>What it did, step by step.</summary>
    public string Log => string.Join("\n  ", _log);

    public async Task OpenAsync()
    {
        _connection = new NpgsqlConnection(connectionString);
        await _connection.OpenAsync();
        _dapper = new DapperWrites(_connection, NextMark);
        _context = Chance(2) ? Context(_connection) : Context(null);
        _context.Database.AutoSavepointsEnabled = !Chance(4);
        _context.Database.AutoTransactionBehavior = (AutoTransactionBehavior)_random.Next(3);
        if (Chance(2))
        {
            await _context.Database.OpenConnectionAsync();
        }
    }

    public async Task RunAsync()
    {
        for (int i = _random.Next(2, 6); i > 0; i--)
        {
            await StepAsync(depth: 0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private bool Chance(int oneOf) => _random.Next(oneOf) == 0;

    private int NextMark() => Marks.First + Math.Min(_marks++, MarksPerSequence - 1);

    private ShopContext Context(DbConnection? connection)
    {
        var builder = new DbContextOptionsBuilder<ShopContext>().ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.AmbientTransactionWarning, CoreEventId.ManyServiceProvidersCreatedWarning));
        builder = connection is null
            ? builder.UseNpgsql(connectionString, npgsql => npgsql.ExecutionStrategy(static dependencies => new RetryingStrategy(dependencies)))
            : builder.UseNpgsql(connection, npgsql => { });
        return new ShopContext(builder.UseFlightRecorder().AddInterceptors(_flaky).Options);
    }

    private async Task StepAsync(int depth)
    {
        // Seven changes, then what holds other steps.
        int step = _random.Next(depth < 2 ? 17 : 9);
        Func<Task> run = step switch
        {
            0 or 1 => () => InsertAsync(_context, _random.Next(1, 4)),
            2 => UpdateAsync,
            3 => DeleteAsync,
            4 => FailAsync,
            5 => RawAsync,
            6 or 7 => () => _dapper.RunAsync(_random),
            8 => FlakyAsync,
            9 or 10 => () => TransactionAsync(depth),
            11 => () => DapperTransactionAsync(depth),
            12 or 13 => () => TextTransactionAsync(depth),
            14 => ScopeAsync,
            15 => StrategyAsync,
            _ => () => _context.Database.CloseConnectionAsync(),
        };
        await TryAsync(new string(' ', depth) + step, run);
    }

    private async Task TryAsync(string what, Func<Task> run)
    {
        int at = _log.Count;
        _log.Add(what);
        try
        {
            await run();
        }
        catch (Exception error)
        {
            _log[at] += " failed: " + (error.InnerException ?? error).Message;
            if (Chance(2))
            {
                _context.ChangeTracker.Clear();
            }
        }
    }

    private Order NewOrder()
    {
        int mark = NextMark();
        return new Order { Number = "n" + mark, Qty = mark };
    }

    private async Task InsertAsync(ShopContext context, int rows)
    {
        for (int i = 0; i < rows; i++)
        {
            context.Add(NewOrder());
        }

        if (Chance(3))
        {
            context.SaveChanges();
        }
        else
        {
            await context.SaveChangesAsync(new CancellationToken(canceled: Chance(15)));
        }
    }

    private async Task UpdateAsync()
    {
        foreach (Order order in Tracked())
        {
            order.Qty = NextMark();
        }

        await _context.SaveChangesAsync();
    }

    private async Task DeleteAsync()
    {
        if (Tracked() is [Order first, ..])
        {
            _context.Remove(first);
        }

        await _context.SaveChangesAsync();
    }

    private Order[] Tracked() => [.. _context.ChangeTracker.Entries<Order>().Where(entry => entry.State == EntityState.Unchanged).Take(2).Select(entry => entry.Entity)];

    // Refused by the check of the table, after a row that is not.
    private async Task FailAsync()
    {
        _context.Add(NewOrder());
        _context.Add(new Order { Number = "bad" + NextMark(), Qty = -1 });
        await _context.SaveChangesAsync();
    }

    private async Task RawAsync()
    {
        var mark = new NpgsqlParameter("mark", NextMark());
        switch (_random.Next(5))
        {
            case 0: await _context.Database.ExecuteSqlRawAsync("INSERT INTO orders (\"Number\", qty) VALUES ('r' || @mark, @mark)", mark); break;
            case 1: await _context.Database.ExecuteSqlRawAsync("UPDATE orders SET qty = @mark WHERE \"Number\" = 'n' || @mark - 1", mark); break;
            case 2: await _context.Database.ExecuteSqlRawAsync("SELECT 1 / 0"); break;
            case 3: await _context.Database.ExecuteSqlRawAsync("INSERT INTO orders (\"Number\", qty) VALUES ('r' || @mark, @mark); SELECT 1 / 0", mark); break;
            default: await ExecuteUpdateAsync(NextMark()); break;
        }

        // What it tracks is not what is there any more.
        _context.ChangeTracker.Clear();
    }

    private Task ExecuteUpdateAsync(int p)
        => _context.Orders.Where(order => order.Id == _context.Orders.Where(o => o.Qty >= Marks.First && o.Qty <= Marks.Last).Max(o => o.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(order => order.Qty, p));

    private async Task FlakyAsync()
    {
        _flaky.Failures = _random.Next(1, 3);
        _flaky.AfterExecution = Chance(2);
        try
        {
            await InsertAsync(_context, _random.Next(1, 4));
        }
        finally
        {
            _flaky.Failures = 0;
        }
    }

    private async Task TransactionAsync(int depth)
    {
        await using IDbContextTransaction transaction = await _context.Database.BeginTransactionAsync();
        string? savepoint = null;
        for (int i = _random.Next(1, 4); i > 0; i--)
        {
            await StepAsync(depth + 1);
            if (Chance(3))
            {
                savepoint = "s" + i;
                await transaction.CreateSavepointAsync(savepoint);
            }
            else if (savepoint is not null && Chance(2))
            {
                await transaction.RollbackToSavepointAsync(savepoint);
            }
        }

        await EndAsync(() => transaction.CommitAsync(), () => transaction.RollbackAsync());
    }

    private async Task DapperTransactionAsync(int depth)
    {
        await using DbTransaction transaction = await _dapper.BeginAsync();
        for (int i = _random.Next(1, 4); i > 0; i--)
        {
            await StepAsync(depth + 1);
        }

        await EndAsync(() => transaction.CommitAsync(), () => transaction.RollbackAsync());
    }

    // Commit, rollback, or neither.
    private Task EndAsync(Func<Task> commit, Func<Task> rollBack)
    {
        int end = _random.Next(5);
        _log.Add(end < 3 ? "commit" : end == 3 ? "rollback" : "dispose");
        return end < 3 ? commit() : end == 3 ? rollBack() : Task.CompletedTask;
    }

    private async Task TextTransactionAsync(int depth)
    {
        // Dapper takes a single word for the name of a procedure.
        Func<string, Task> run = Chance(2) ? sql => _context.Database.ExecuteSqlRawAsync(sql) : sql => _dapper.ExecuteAsync(sql + " ");
        await run("BEGIN");
        for (int i = _random.Next(1, 4); i > 0; i--)
        {
            await StepAsync(depth + 1);
            string? savepoint = _random.Next(6) switch { 0 => "SAVEPOINT a", 1 => "SAVEPOINT b", 2 => "ROLLBACK TO SAVEPOINT a", 3 => "RELEASE b", _ => null };
            if (savepoint is not null)
            {
                await TryAsync(savepoint, () => run(savepoint));
            }
        }

        string end = _random.Next(4) switch { 0 => "ROLLBACK", 1 => "COMMIT AND CHAIN", _ => "COMMIT" };
        await TryAsync(end, () => run(end));
    }

    private async Task ScopeAsync()
    {
        using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
        await using ShopContext inside = Context(null);
        inside.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        for (int i = _random.Next(1, 3); i > 0; i--)
        {
            await TryAsync("in scope", () => InsertAsync(inside, _random.Next(1, 3)));
        }

        if (!Chance(3))
        {
            scope.Complete();
        }
    }

    private async Task StrategyAsync()
    {
        await using ShopContext context = Context(null);
        int failures = _random.Next(4);
        bool rollsBack = Chance(2);
        Order order = NewOrder();
        await context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            context.ChangeTracker.Clear();
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
            context.Add(new Order { Number = order.Number, Qty = order.Qty });
            await context.SaveChangesAsync();
            if (failures-- > 0)
            {
                await (rollsBack ? transaction.RollbackAsync() : Task.CompletedTask);
                throw new TransientException();
            }

            await transaction.CommitAsync();
        });
    }
}
