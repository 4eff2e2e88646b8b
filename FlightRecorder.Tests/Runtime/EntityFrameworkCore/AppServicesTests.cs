using System.Data.Common;
using FlightRecorder.Tests.EntityFrameworkCore.Model;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace FlightRecorder.Tests.EntityFrameworkCore;

/// <summary>What an app gives EF Core by itself stays in force with the recorder beside it, inside recordings and outside.</summary>
public sealed class AppServicesTests : DatabaseTest
{
    [Test]
    public async Task Its_interceptors_see_what_they_see_without_the_recorder()
    {
        List<string> bare = await SeenAsync(static builder => builder);
        List<string> outside = await SeenAsync(static builder => builder.UseFlightRecorder());
        List<string> inside = [];
        RecordedOperation recorded = await RecordAsync(async () => inside = await SeenAsync(static builder => builder.UseFlightRecorder()));

        Assert.That(bare, Is.Not.Empty);
        Assert.That(outside, Is.EqualTo(bare));
        Assert.That(inside, Is.EqualTo(bare));
        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order - Committed"));
    }

    [Test]
    public async Task Interceptors_of_its_own_internal_provider_and_the_recorders_both_see_a_save()
    {
        var log = new EventLog();
        await using ServiceProvider services = new ServiceCollection().AddEntityFrameworkNpgsql().AddSingleton<IInterceptor>(log).BuildServiceProvider();

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using var context = new ShopContext(
                new DbContextOptionsBuilder<ShopContext>().UseNpgsql(ConnectionString).UseInternalServiceProvider(services).UseFlightRecorder().Options);
            context.Add(new Order { Number = "A1", Qty = 1 });
            await context.SaveChangesAsync();
        });

        Assert.That(log.Seen, Does.Contain("saved"));
        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order - Committed"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Its_container_may_be_named_as_the_internal_provider_before_the_recorder_and_after(bool isNamedBefore)
    {
        var log = new EventLog();
        await using ServiceProvider app = new ServiceCollection().AddEntityFrameworkNpgsql().AddSingleton<IInterceptor>(log)
            .AddDbContext<ShopContext>((services, options) => _ = isNamedBefore
                ? options.UseNpgsql(ConnectionString).UseInternalServiceProvider(services).UseFlightRecorder()
                : options.UseNpgsql(ConnectionString).UseFlightRecorder().UseInternalServiceProvider(services))
            .BuildServiceProvider();

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using AsyncServiceScope scope = app.CreateAsyncScope();
            ShopContext context = scope.ServiceProvider.GetRequiredService<ShopContext>();
            context.Add(new Order { Number = "A1", Qty = 1 });
            await context.SaveChangesAsync();
        });

        Assert.That(log.Seen, Does.Contain("saved"));
        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order - Committed"));
    }

    [Test]
    public async Task Its_container_may_hold_EF_Cores_services_and_not_be_named()
    {
        await using ServiceProvider app = new ServiceCollection().AddEntityFrameworkNpgsql()
            .AddDbContext<ShopContext>(options => options.UseNpgsql(ConnectionString).UseFlightRecorder()).BuildServiceProvider();
        await using AsyncServiceScope scope = app.CreateAsyncScope();
        ShopContext context = scope.ServiceProvider.GetRequiredService<ShopContext>();

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            context.Add(new Order { Number = "A1", Qty = 1 });
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order - Committed"));
        Assert.That(context.GetService<IInterceptors>().Aggregate<IDbCommandInterceptor>(), Is.Null, "outside a recording nobody is called");
    }

    [Test]
    public void EF_Core_refuses_an_internal_provider_of_nobodys_container_after_the_recorder_before_anything_runs()
    {
        using ServiceProvider services = new ServiceCollection().AddEntityFrameworkNpgsql().BuildServiceProvider();
        DbContextOptionsBuilder options = new DbContextOptionsBuilder<ShopContext>().UseNpgsql(ConnectionString).UseFlightRecorder().UseInternalServiceProvider(services);

        var error = Assert.Throws<InvalidOperationException>(() => new ShopContext(options.Options).Dispose());

        Assert.That(error!.Message, Does.Contain("UseInternalServiceProvider"));
    }

    [Test]
    public async Task Its_own_aggregate_of_interceptors_is_not_replaced()
    {
        await using var context = new ShopContext(
            new DbContextOptionsBuilder<ShopContext>().UseNpgsql(ConnectionString).ReplaceService<IInterceptors, NoInterceptors>().UseFlightRecorder().Options);

        Assert.That(context.GetService<IInterceptors>(), Is.InstanceOf<NoInterceptors>());
    }

    [Test]
    public async Task The_options_it_asks_its_context_for_are_those_it_gave()
    {
        DbContextOptions<ShopContext> options = new DbContextOptionsBuilder<ShopContext>().UseNpgsql(ConnectionString).UseFlightRecorder().Options;
        await using var context = new ShopContext(options);

        Assert.That(context.GetService<IDbContextOptions>(), Is.SameAs(options));
    }

    private async Task<List<string>> SeenAsync(Func<DbContextOptionsBuilder, DbContextOptionsBuilder> configure)
    {
        await EmptyOrdersAsync();
        var log = new EventLog();
        await using var context = new ShopContext(configure(new DbContextOptionsBuilder<ShopContext>().UseNpgsql(ConnectionString).AddInterceptors(log)).Options);
        context.Add(new Order { Number = "A1", Qty = 1 });
        await context.SaveChangesAsync();
        await context.Orders.ToListAsync();
        return log.Seen;
    }

    private async Task EmptyOrdersAsync()
    {
        await using ShopContext context = Unrecorded();
        await context.Database.ExecuteSqlRawAsync("TRUNCATE orders RESTART IDENTITY CASCADE");
    }

    private sealed class EventLog : DbCommandInterceptor, ISaveChangesInterceptor, IDbConnectionInterceptor
    {
        public List<string> Seen { get; } = [];

        public override ValueTask<DbDataReader> ReaderExecutedAsync(
            DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
        {
            Seen.Add(command.CommandText);
            return new ValueTask<DbDataReader>(result);
        }

        public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            Seen.Add("saved");
            return new ValueTask<int>(result);
        }

        public Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Seen.Add("opened");
            return Task.CompletedTask;
        }

        public Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
        {
            Seen.Add("closed");
            return Task.CompletedTask;
        }
    }

    private sealed class NoInterceptors : IInterceptors
    {
        public TInterceptor? Aggregate<TInterceptor>()
            where TInterceptor : class, IInterceptor
            => null;
    }
}
