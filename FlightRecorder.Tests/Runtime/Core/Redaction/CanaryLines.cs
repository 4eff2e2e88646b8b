using System.Text;
using FlightRecorder.Tests.Core.JournalLines;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>Journal lines with their prompts, each of a recording with a secret of its own.</summary>
internal sealed class CanaryLines
{
    private readonly Dictionary<Guid, CanaryFlight> _flights = [];
    private readonly List<string> _lines = [];

    /// <param name="count">How many.</param>
    /// <param name="scrubEchoes">Whether echoes are hidden; without that, a search must find the secrets.</param>
    public CanaryLines(int count, bool scrubEchoes = true)
    {
        for (int seed = 0; _lines.Count < count; seed++)
        {
            var bench = new EncodingBench();
            bench.Options.StorePrompt = true;
            bench.Options.Redaction.ScrubEchoes = scrubEchoes;
            bench.Encoder.PromptOf = StoredPrompts.Of;
            var flight = new CanaryFlight(bench, seed);

            // Shorter ones come up by chance among so many ids and times.
            if (flight.IsTelling)
            {
                _lines.Add(bench.Line());
                _flights.Add(bench.Recording.Id, flight);
            }
        }
    }

    public IReadOnlyList<string> All => _lines;

    public IReadOnlyCollection<Guid> Ids => _flights.Keys;

    public CanaryFlight Of(Guid id) => _flights[id];

    public CanaryFlight Of(ReadOnlySpan<byte> line) => _flights[RecordingParser.TryRead(line)!.Id];

    public int CountIn(string text)
    {
        var readings = new Readings(text);
        return _flights.Values.Count(flight => flight.Canary.IsIn(readings));
    }

    /// <summary>None of the canaries is in a text that many recordings contributed to.</summary>
    public void AssertNoneIn(string text, string what)
    {
        var readings = new Readings(text);
        CanaryFlight? seen = _flights.Values.FirstOrDefault(flight => flight.Canary.IsIn(readings));
        Assert.That(seen, Is.Null, what);
    }

    /// <summary>The canary of a recording is not in a text about it.</summary>
    public void AssertGone(Guid id, string text, string what)
        => Assert.That(_flights[id].Canary.IsIn(text), Is.False, $"{what}: {_flights[id]}\n{text}");

    public byte[] Bytes() => Encoding.UTF8.GetBytes(string.Join('\n', _lines) + "\n");
}
