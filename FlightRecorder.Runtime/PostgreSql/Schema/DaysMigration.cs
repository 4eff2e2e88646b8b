namespace FlightRecorder.PostgreSql;

/// <summary>
/// Version 2: functions that make and drop the partitions of a day. They run with the rights of the owner, so that the app's role
/// needs no more than to insert, select and call them. A day is attached, not created in place: that lets others write meanwhile.
/// Tables are dropped in the order in which they are written, so that nobody waits in a circle.
/// </summary>
internal static class DaysMigration
{
    private static readonly Sql s_add = new("""
        CREATE FUNCTION {schema}.flight_recorder_add_day(day date) RETURNS boolean
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $body$
        DECLARE
          parent text;
          child text;
          made boolean := false;
        BEGIN
          PERFORM pg_advisory_xact_lock(hashtextextended('flight_recorder.days.' || current_schema(), 0));
          FOREACH parent IN ARRAY ARRAY['flight_recorder_sessions', 'flight_recorder_db_mutations', 'flight_recorder_errors'] LOOP
            child := parent || '_' || to_char(day, 'YYYYMMDD');
            IF to_regclass(format('%I.%I', current_schema(), child)) IS NULL THEN
              EXECUTE format('CREATE TABLE %1$I.%2$I (LIKE %1$I.%3$I INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES INCLUDING STORAGE)',
                current_schema(), child, parent);
              EXECUTE format('ALTER TABLE %1$I.%2$I ATTACH PARTITION %1$I.%3$I FOR VALUES FROM (%4$L) TO (%5$L)',
                current_schema(), parent, child, to_char(day, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(day + 1, 'YYYY-MM-DD') || ' 00:00:00+00');
              made := true;
            END IF;
          END LOOP;
          RETURN made;
        END
        $body$
        """);

    private static readonly Sql s_drop = new("""
        CREATE FUNCTION {schema}.flight_recorder_drop_days(max_age interval) RETURNS integer
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $body$
        DECLARE
          child text;
          dropped integer := 0;
        BEGIN
          FOR child IN
            SELECT part.relname
            FROM pg_inherits
            JOIN pg_class part ON part.oid = pg_inherits.inhrelid
            JOIN pg_class whole ON whole.oid = pg_inherits.inhparent
            JOIN pg_namespace home ON home.oid = whole.relnamespace
            WHERE home.nspname = current_schema()
              AND whole.relname IN ('flight_recorder_sessions', 'flight_recorder_db_mutations', 'flight_recorder_errors')
              AND part.relname ~ '_[0-9]{8}$'
              AND to_date(right(part.relname, 8), 'YYYYMMDD') + 1 <= ((now() - max_age) AT TIME ZONE 'UTC')::date
            ORDER BY whole.relname = 'flight_recorder_errors', whole.relname = 'flight_recorder_db_mutations', part.relname
          LOOP
            EXECUTE format('DROP TABLE IF EXISTS %I.%I', current_schema(), child);
            dropped := dropped + 1;
          END LOOP;
          RETURN dropped;
        END
        $body$
        """);

    private static readonly Sql s_ownAdd = new("REVOKE ALL ON FUNCTION {schema}.flight_recorder_add_day(date) FROM PUBLIC");

    private static readonly Sql s_ownDrop = new("REVOKE ALL ON FUNCTION {schema}.flight_recorder_drop_days(interval) FROM PUBLIC");

    private static readonly Sql s_note = new("INSERT INTO {schema}.flight_recorder_migrations (version, name) VALUES (2, 'days')");

    private static readonly Sql s_removeAdd = new("DROP FUNCTION {schema}.flight_recorder_add_day(date)");

    private static readonly Sql s_removeDrop = new("DROP FUNCTION {schema}.flight_recorder_drop_days(interval)");

    private static readonly Sql s_forget = new("DELETE FROM {schema}.flight_recorder_migrations WHERE version = 2");

    public static Migration Instance { get; } = new(2, "days", [s_add, s_drop, s_ownAdd, s_ownDrop, s_note], [s_removeAdd, s_removeDrop, s_forget]);
}
