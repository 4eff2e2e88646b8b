using System.Data.Common;
using FlightRecorder.Tests.EntityFrameworkCore.Model;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FlightRecorder.Tests.EntityFrameworkCore;

/// <summary>A connection decorated for recording under a context that is recorded itself.</summary>
public sealed class DecoratedConnectionTests : DatabaseTest
{
    [Test]
    public void A_decorated_connection_is_refused_where_the_context_is_configured()
    {
        using DbConnection decorated = new NpgsqlConnection(ConnectionString).WithFlightRecorder();
        DbContextOptionsBuilder<ShopContext> builder = new DbContextOptionsBuilder<ShopContext>().UseNpgsql(decorated);

        var error = Assert.Throws<FlightRecorderConfigurationException>(() => builder.UseFlightRecorder());

        Assert.That(error!.Message, Is.EqualTo(
            "ShopContext is given a connection that WithFlightRecorder() decorated, but UseFlightRecorder() records it already: its commands would be "
            + "recorded twice, and EF Core cannot save over a decorated connection. Give it the provider's own: "
            + "options.UseNpgsql(connectionString).UseFlightRecorder(), or options.UseNpgsql(connection.Unwrap()).UseFlightRecorder()."));
    }

    [Test]
    public void One_that_is_named_after_the_recorder_is_refused_at_the_contexts_first_use()
    {
        using DbConnection decorated = new NpgsqlConnection(ConnectionString).WithFlightRecorder();
        using var context = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseFlightRecorder().UseNpgsql(decorated).Options);

        Assert.That(() => context.Orders.Count(), Throws.InstanceOf<FlightRecorderConfigurationException>().With.Message.StartsWith("ShopContext is given"));
    }

    [Test]
    public void A_decorated_data_source_is_refused_at_the_contexts_first_use()
    {
        using DbDataSource decorated = NpgsqlDataSource.Create(ConnectionString).WithFlightRecorder();
        using var context = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseNpgsql(decorated).UseFlightRecorder().Options);

        Assert.That(
            () => context.Orders.Count(),
            Throws.InstanceOf<FlightRecorderConfigurationException>().With.Message.StartsWith("ShopContext is given a data source")
                .And.Message.EndsWith("or options.UseNpgsql(dataSource).UseFlightRecorder() with the data source from before WithFlightRecorder()."));
    }

    [Test]
    public void One_that_is_set_later_is_refused_when_it_opens()
    {
        using ShopContext context = Open();
        using DbConnection decorated = new NpgsqlConnection(ConnectionString).WithFlightRecorder();
        context.Database.SetDbConnection(decorated);

        Assert.ThrowsAsync<FlightRecorderConfigurationException>(() => context.Orders.CountAsync());
    }

    [Test]
    public async Task Plain_ones_are_recorded_once()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await using DbConnection connection = new NpgsqlConnection(ConnectionString).WithFlightRecorder();

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using var first = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseNpgsql(source).UseFlightRecorder().Options);
            await first.Orders.CountAsync();
            await using ShopContext second = Open(connection: connection.Unwrap());
            await second.Orders.CountAsync();
        });

        Assert.That(recorded.Commands, Has.Count.EqualTo(2));
    }
}
