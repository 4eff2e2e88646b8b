using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace FlightRecorder.PostgreSql;

/// <summary>What a failure of the server says of the data that was sent.</summary>
internal static class Rejection
{
    /// <summary>The server will never take this data: 22 data exception, 54 program limit exceeded, a violated constraint that is not the key.</summary>
    public static bool IsOfData(PostgresException error) => error.SqlState switch
    {
        ['2', '2', ..] or ['5', '4', ..] => true,
        PostgresErrorCodes.NotNullViolation or PostgresErrorCodes.DatatypeMismatch => true,
        _ => false,
    };

    /// <summary>Some of it is there already.</summary>
    public static bool IsResend(PostgresException error) => error.SqlState == PostgresErrorCodes.UniqueViolation;

    /// <summary>The partition of a day is gone: no partition of relation found for row.</summary>
    public static bool IsOfDay(PostgresException error) => error.SqlState == PostgresErrorCodes.CheckViolation;

    /// <summary>People must act: missing tables or columns, no rights, no such database, a wrong password.</summary>
    public static bool IsOfSetUp(PostgresException error) => error.SqlState switch
    {
        ['2', '8', ..] or ['3', 'D', ..] or ['3', 'F', ..] => true,
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.InsufficientPrivilege => true,
        _ => false,
    };

    /// <summary>
    /// For people; never with values of rows, which come in the detail, and of a failure that may be of the app's own code, such as its
    /// password provider's, only with the type: its message may quote a secret.
    /// </summary>
    public static string Describe(Exception error) => error switch
    {
        PostgresException server => $"{server.SqlState}: {server.MessageText}",
        NpgsqlException { InnerException: { } inner } => Describe(inner),
        AggregateException { InnerExceptions: [var first, ..] } => Describe(first),
        _ when IsToldInFull(error) => $"{error.GetType().Name}: {error.Message}",
        _ => error.GetType().Name,
    };

    // Exactly these types: of one derived from them nobody knows what it says.
    private static bool IsToldInFull(Exception error)
        => error.GetType() is { } type && (type == typeof(NpgsqlException) || type == typeof(SchemaRefusedException) || type == typeof(FlightRecorderConfigurationException)
            || type == typeof(SocketException) || type == typeof(TimeoutException) || type == typeof(AuthenticationException)
            || type == typeof(IOException) || type == typeof(EndOfStreamException) || type == typeof(DirectoryNotFoundException) || type == typeof(FileNotFoundException)
            || type == typeof(UnauthorizedAccessException));
}
