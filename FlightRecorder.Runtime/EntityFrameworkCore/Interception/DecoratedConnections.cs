using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// Refuses a recorded context over a connection that is decorated for recording: its commands would be recorded twice, and
/// providers cast the readers of a save to types of their own.
/// </summary>
internal static class DecoratedConnections
{
    /// <summary>Looks at a connection that the options name.</summary>
    /// <exception cref="FlightRecorderConfigurationException">It is decorated.</exception>
    public static void Refuse(IDbContextOptions options)
    {
        foreach (IDbContextOptionsExtension extension in options.Extensions)
        {
            if (extension is RelationalOptionsExtension { Connection: IDecoratedConnection })
            {
                throw Refusal((options as DbContextOptions)?.ContextType, "connection", "connection.Unwrap()");
            }
        }
    }

    /// <summary>Looks at a connection that the context was given or that its data source made.</summary>
    /// <exception cref="FlightRecorderConfigurationException">It is decorated.</exception>
    public static void Refuse(DbConnection connection, DbContext? context)
    {
        if (connection is IDecoratedConnection)
        {
            throw Refusal(context?.GetType(), "data source or connection", "dataSource");
        }
    }

    private static FlightRecorderConfigurationException Refusal(Type? context, string what, string undecorated) => new(
        $"{(context ?? typeof(DbContext)).Name} is given a {what} that WithFlightRecorder() decorated, but UseFlightRecorder() records it already: "
        + "its commands would be recorded twice, and EF Core cannot save over a decorated connection. "
        + $"Give it the provider's own: options.UseNpgsql(connectionString).UseFlightRecorder(), or options.UseNpgsql({undecorated}).UseFlightRecorder()"
        + (undecorated == "dataSource" ? " with the data source from before WithFlightRecorder()." : "."));
}
