namespace FlightRecorder.PostgreSql;

/// <summary>
/// Version 4: the words of errors in a column, as the writer found them, in place of an index that the server found words for in its own way:
/// so each reader has the same answers. What was stored before has null there, and is looked at itself; the index of those few goes with their days.
/// </summary>
internal static class ErrorWordsMigration
{
    // The order of bytes: no other version of the machine's locale has another one.
    private static readonly Sql s_words = new("ALTER TABLE {schema}.flight_recorder_errors ADD COLUMN words text[] COLLATE \"C\"");

    private static readonly Sql s_dropText = new("DROP INDEX {schema}.flight_recorder_errors_by_text");

    private static readonly Sql s_text = new("CREATE INDEX flight_recorder_errors_by_text ON {schema}.flight_recorder_errors USING gin (words)");

    private static readonly Sql s_without = new(
        "CREATE INDEX flight_recorder_errors_without_words ON {schema}.flight_recorder_errors (started_at, session_id) WHERE words IS NULL");

    private static readonly Sql s_note = new("INSERT INTO {schema}.flight_recorder_migrations (version, name) VALUES (4, 'error words')");

    private static readonly Sql s_dropWithout = new("DROP INDEX {schema}.flight_recorder_errors_without_words");

    private static readonly Sql s_dropWords = new("ALTER TABLE {schema}.flight_recorder_errors DROP COLUMN words");

    // As version 3 made it.
    private static readonly Sql s_textBefore = new("""
        CREATE INDEX flight_recorder_errors_by_text ON {schema}.flight_recorder_errors
        USING gin (to_tsvector('simple', left(name || ' ' || message, 10000)))
        """);

    private static readonly Sql s_forget = new("DELETE FROM {schema}.flight_recorder_migrations WHERE version = 4");

    public static Migration Instance { get; } = new(
        4, "error words", [s_words, s_dropText, s_text, s_without, s_note], [s_dropWithout, s_dropText, s_dropWords, s_textBefore, s_forget]);
}
