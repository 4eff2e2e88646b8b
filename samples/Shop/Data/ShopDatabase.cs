using System.Data.Common;
using Dapper;
using FlightRecorder;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Shop.Data;

/// <summary>One database, reached two ways: EF Core on the provider's own connections, Dapper on recorded ones.</summary>
internal static class ShopDatabase
{
    public static IServiceCollection AddShopDatabase(this IServiceCollection services, string connectionString)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        return services
            .AddDbContext<ShopDb>(options => options.UseNpgsql(connectionString).UseFlightRecorder())
            .AddSingleton<DbDataSource>(_ => NpgsqlDataSource.Create(connectionString).WithFlightRecorder());
    }
}
