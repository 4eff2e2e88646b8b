using System.Runtime.InteropServices;
using Npgsql;

namespace FlightRecorder.Benchmarks.Fleet;

/// <summary>What the instances acknowledged, what their journals hold, and what PostgreSQL holds.</summary>
internal sealed class FleetCheck
{
    private readonly HashSet<Guid> _journal = [];
    private readonly HashSet<Guid> _acknowledged = [];
    private readonly HashSet<Guid> _stored = [];

    public int Acknowledged => _acknowledged.Count;

    public int InJournals => _journal.Count;

    public long JournalMutations { get; private set; }

    public long Rows { get; private set; }

    public long StoredMutations { get; private set; }

    /// <summary>Acknowledged, and in no journal.</summary>
    public int Lost => _acknowledged.Count(id => !_journal.Contains(id));

    /// <summary>In a journal, and not in PostgreSQL.</summary>
    public int Missing => _journal.Count(id => !_stored.Contains(id));

    /// <summary>In PostgreSQL, and in no journal.</summary>
    public int Invented => _stored.Count(id => !_journal.Contains(id));

    public long Doubled => Rows - _stored.Count;

    public bool Holds => Acknowledged > 0 && Lost == 0 && Missing == 0 && Invented == 0 && Doubled == 0 && JournalMutations == StoredMutations;

    public void AddHome(string home)
    {
        foreach (string note in Directory.GetFiles(home, FleetWriter.NotePrefix + "*"))
        {
            byte[] bytes = File.ReadAllBytes(note);
            _acknowledged.UnionWith(MemoryMarshal.Cast<byte, Guid>(bytes.AsSpan(0, bytes.Length - (bytes.Length % 16))).ToArray());
        }

        foreach (string segment in Directory.GetFiles(FleetWriter.JournalOf(home), "*.jsonl"))
        {
            AddSegment(File.ReadAllBytes(segment));
        }
    }

    public async Task AddStoredAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync().ConfigureAwait(false);
        await using var sessions = new NpgsqlCommand("SELECT session_id FROM flight_recorder_sessions", connection);
        await using (NpgsqlDataReader row = await sessions.ExecuteReaderAsync().ConfigureAwait(false))
        {
            while (await row.ReadAsync().ConfigureAwait(false))
            {
                Rows++;
                _stored.Add(row.GetGuid(0));
            }
        }

        await using var mutations = new NpgsqlCommand("SELECT count(*) FROM flight_recorder_db_mutations", connection);
        StoredMutations = (long)(await mutations.ExecuteScalarAsync().ConfigureAwait(false))!;
    }

    private void AddSegment(ReadOnlySpan<byte> segment)
    {
        while (segment.IndexOf((byte)'\n') is >= 0 and int end)
        {
            ReadOnlySpan<byte> line = segment[..end];
            segment = segment[(end + 1)..];

            // A kill in the middle of a write leaves a torn line, which was never acknowledged.
            if (LineTrailer.IsIntact(line))
            {
                AddLine(line);
            }
        }
    }

    // What a run says of itself, such as that it stopped, is no recording and belongs to its journal.
    private void AddLine(ReadOnlySpan<byte> line)
    {
        if (SummaryParser.TryRead(line, out RecordingSummary? summary) == LineContent.Recording && !Housekeeping.Is(summary!) && _journal.Add(summary!.Id))
        {
            JournalMutations += summary.Mutations;
        }
    }
}
