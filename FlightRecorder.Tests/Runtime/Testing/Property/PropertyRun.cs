using FlightRecorder.Tests.Testing.Support;

namespace FlightRecorder.Tests.Testing.Property;

/// <summary>Sends a request for each seed and searches what became of it.</summary>
internal sealed class PropertyRun(bool scrubEchoes, bool listHeaders)
{
    private readonly EchoingHandler _handler = new();

    public int Requests { get; private set; }

    public int Tokens { get; private set; }

    public List<string> Hits { get; } = [];

    public HashSet<Spot> LeakedSpots { get; } = [];

    public HashSet<Disguise> LeakedDisguises { get; } = [];

    public async Task ThroughAsync(int firstSeed, int count)
    {
        await using TestApp app = await PropertyApp.StartAsync(_handler, scrubEchoes, listHeaders);
        for (int seed = firstSeed; seed < firstSeed + count; seed++)
        {
            await SendAsync(app, seed);
        }
    }

    private async Task SendAsync(TestApp app, int seed)
    {
        using RecordingProbe probe = app.Probe();
        using HttpClient client = app.Client(probe);
        using var canary = new RedactionCanary(probe);
        var request = new RandomRequest(new Random(seed));
        foreach (string secret in request.Hidden)
        {
            canary.Watch("a secret", secret);
        }

        _handler.Echoes = request.Echoes;
        _handler.Told = request.Told;
        using HttpResponseMessage response = await client.SendAsync(request.Message);
        await probe.SingleAsync(response);
        Note(seed, request, await canary.CheckAsync());
    }

    private void Note(int seed, RandomRequest request, CanaryReport report)
    {
        Requests++;
        Tokens += report.Tokens.Count;
        foreach (CanaryLeak leak in report.Leaks)
        {
            Hits.Add($"seed {seed}, {request.Message.RequestUri}, {string.Join(" + ", request.Echoes.Select(echo => $"{echo.Spot}/{echo.Disguise}"))}: {leak}: {leak.Token.Value}");
        }

        // With one echo there is no doubt which of them leaked.
        if (report.Leaks.Count > 0 && request.Echoes is [{ } only])
        {
            LeakedSpots.Add(only.Spot);
            LeakedDisguises.Add(only.Disguise);
        }
    }
}
