namespace FlightRecorder.PostgreSql;

/// <summary>All migrations, the first one first. One that was released is never changed: add the next.</summary>
internal static class Migrations
{
    public static IReadOnlyList<Migration> All { get; } =
        [TablesMigration.Instance, DaysMigration.Instance, IndexesMigration.Instance, ErrorWordsMigration.Instance];

    public static int Latest => All[^1].Version;
}
