using System.Globalization;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Npgsql;

namespace FlightRecorder.Tests.EntityFrameworkCore.Sequences;

/// <summary>
/// What became of the changes of a sequence: a trigger notes each in the same transaction, so that only those notes are left
/// whose changes are. Each change carries a number of its own, the mark: the quantity that it writes or deletes.
/// </summary>
internal static class Truth
{
    public const string Schema = """
        CREATE TABLE truth (mark int NOT NULL, op text NOT NULL);
        CREATE INDEX ON truth (mark);
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO truth VALUES (CASE TG_OP WHEN 'DELETE' THEN OLD.qty ELSE NEW.qty END, lower(TG_OP));
            RETURN NULL;
        END $$;
        CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON orders FOR EACH ROW EXECUTE FUNCTION note();
        """;

    /// <summary>Compares what the ledger says with what is there; one line for each contradiction.</summary>
    /// <param name="source">Where to look, over a connection that is not recorded.</param>
    /// <param name="marks">The first and the last mark of the sequence.</param>
    /// <param name="recorded">What was recorded.</param>
    public static async Task<List<string>> CompareAsync(NpgsqlDataSource source, (int First, int Last) marks, RecordedOperation recorded)
    {
        Dictionary<string, int> there = await ReadAsync(source, marks);
        List<string> wrong = [];
        foreach (IGrouping<string, MutationEntry> change in recorded.Mutations.Where(mutation => mutation.Rows != 0).GroupBy(Change))
        {
            int least = change.Count(mutation => mutation.Outcome == MutationOutcome.Committed);
            int most = least + change.Count(mutation => mutation.Outcome == MutationOutcome.Unknown);
            int count = there.GetValueOrDefault(change.Key);
            there.Remove(change.Key);
            if (count < least || count > most)
            {
                wrong.Add($"{change.Key}: {count} done, the ledger says {string.Join(", ", change.Select(mutation => $"{mutation.Source} {mutation.Outcome} {mutation.Transaction}"))}");
            }
        }

        wrong.AddRange(there.Select(unseen => $"{unseen.Key}: done, but not in the ledger"));
        return wrong;
    }

    private static async Task<Dictionary<string, int>> ReadAsync(NpgsqlDataSource source, (int First, int Last) marks)
    {
        Dictionary<string, int> there = [];
        await using NpgsqlCommand command = source.CreateCommand("SELECT op || ' ' || mark, count(*)::int FROM truth WHERE mark BETWEEN $1 AND $2 GROUP BY 1");
        command.Parameters.Add(new NpgsqlParameter { Value = marks.First });
        command.Parameters.Add(new NpgsqlParameter { Value = marks.Last });
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            there[reader.GetString(0)] = reader.GetInt32(1);
        }

        return there;
    }

    // A row has its quantity; a statement has it as a parameter, or as the last number in its text.
    private static string Change(MutationEntry mutation)
    {
        string verb = mutation.Sql is { } sql && mutation.SetBased ? sql.TrimStart().Split(' ')[0].ToLowerInvariant() : mutation.Operation;
        NamedValue[][]? rows = verb == "delete" ? mutation.Before : mutation.After;
        object? mark = !mutation.SetBased && rows is [{ } row, ..] ? Value(row, "Qty") : mutation.Parameters is { } sent ? Value(sent, "mark") ?? Value(sent, "p") : null;
        return verb + " " + (mark is null ? "?" : Convert.ToString(mark, CultureInfo.InvariantCulture));
    }

    private static object? Value(NamedValue[] row, string name)
    {
        foreach (NamedValue value in row)
        {
            if (value.Name == name)
            {
                return value.Value;
            }
        }

        return null;
    }
}
