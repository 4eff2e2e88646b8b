using System.Text;
using FlightRecorder.Tests.Testing.Support;

namespace FlightRecorder.Tests.Testing.Canary;

public sealed class RedactionCanaryTests
{
    private const string Category = "Pets";

    private string _directory = "";
    private TestApp _app = null!;
    private RecordingProbe _probe = null!;
    private HttpClient _client = null!;
    private Action<Pet> _onPet = null!;

    public sealed record Pet(string Name, [Redact] string Chip);

    [SetUp]
    public async Task Start()
    {
        _onPet = _ => { };
        _directory = Directory.CreateTempSubdirectory("flight-canary-").FullName;
        _app = await TestApp.StartAsync(
            app =>
            {
                app.MapPost("/pets", [Record] (Pet pet) =>
                {
                    _onPet(pet);
                    return pet;
                });
                app.MapPost("/unmarked", (Pet pet) => pet.Name);
            },
            options => options.Journal.Directory = Path.Combine(_directory, "journal"),
            _ => { });
        _probe = _app.Probe();
        _client = _app.Client(_probe);
    }

    [TearDown]
    public async Task Stop()
    {
        _client.Dispose();
        _probe.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public async Task A_member_that_is_hidden_everywhere_leaves_no_leak()
    {
        _onPet = pet => Flight.Current?.Mark("chipped " + pet.Chip);
        CanaryReport report = await FlyAsync();
        Assert.That(report.Leaks, Is.Empty, report.ToString());
        Assert.That(report.Searched.Select(what => what.Split(' ', 2)[1]), Is.EqualTo(new[] { "recordings", "prompts", "files", "log lines" }));
        Assert.That((report.Recordings, report.Tokens.Count), Is.EqualTo((1, 1)));
        Assert.DoesNotThrow(report.ThrowIfLeaked);
    }

    [Test]
    public async Task A_value_that_the_app_derives_is_found_with_member_place_and_encoding()
    {
        // Encrypted by hand: the recorder cannot know it, the search can.
        _onPet = pet => Flight.Current?.Mark("pet", Convert.ToBase64String(Encoding.UTF8.GetBytes(Convert.ToHexString(Encoding.UTF8.GetBytes(pet.Chip)))));
        using var canary = new RedactionCanary(_probe);
        Pet pet = canary.Fill<Pet>();
        canary.Watch("the chip, derived", Convert.ToHexString(Encoding.UTF8.GetBytes(pet.Chip)));
        await _client.PostAsJsonAsync("/pets", pet);
        CanaryLeakException error = Assert.ThrowsAsync<CanaryLeakException>(() => canary.AssertNoLeakAsync())!;
        Assert.That(error.Message, Does.Contain("the chip, derived is in recording ").And.Contain(" at $.timeline[1].data, base64").And.Contain("prompt of recording").And.Contain("file "));
        Assert.That(error.Report.Leaks.Select(leak => leak.Token.Member), Has.All.EqualTo("the chip, derived"));
    }

    [Test]
    public async Task A_value_in_a_log_line_is_found_there()
    {
        _onPet = pet => _app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(Category).LogWarning(7, "Odd chip {Chip}", pet.Chip);
        CanaryReport report = await FlyAsync();
        Assert.That(report.Leaks.Select(leak => leak.ToString()), Is.EqualTo(new[] { "Pet.Chip is in log Pets[7] at line 1, as it is" }));
    }

    [Test]
    public async Task A_category_that_is_ignored_is_not_searched()
    {
        _onPet = pet => _app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(Category).LogWarning("Odd chip {Chip}", pet.Chip);
        CanaryReport report = await FlyAsync(new CanaryOptions { IgnoredLogCategories = [Category] });
        Assert.That(report.Leaks, Is.Empty);
    }

    [Test]
    public async Task A_value_in_any_file_of_the_journals_folder_is_found()
    {
        _onPet = pet => File.WriteAllText(Path.Combine(_directory, "journal", "left-behind.txt"), "\n" + pet.Chip);
        CanaryReport report = await FlyAsync();
        Assert.That(report.Leaks.Select(leak => leak.ToString()), Is.EqualTo(new[] { "Pet.Chip is in file left-behind.txt at line 2, as it is" }));
    }

    [Test]
    public async Task Tokens_for_places_beside_the_body_are_looked_for_too()
    {
        // The server itself logs each request with its query.
        using var canary = new RedactionCanary(_probe, new CanaryOptions { IgnoredLogCategories = ["Microsoft.AspNetCore.Hosting"] });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/pets?token={canary.Token("query token")}&page={canary.Token("query page")}") { Content = JsonContent.Create(canary.Fill<Pet>()) };
        request.Headers.Add("Cookie", "sid=" + canary.Token("cookie"));
        await _client.SendAsync(request);
        CanaryReport report = await canary.CheckAsync();
        Assert.That(report.Leaks.Select(leak => leak.Token.Member).Distinct(), Is.EqualTo(new[] { "query page" }));
    }

    [Test]
    public async Task A_flight_without_a_recording_proves_nothing()
    {
        _probe.Deadline = TimeSpan.FromMilliseconds(50);
        CanaryReport report = await RedactionCanary.FlyAsync<Pet>(_probe, pet => _client.PostAsJsonAsync("/unmarked", pet));
        Assert.That(report.Leaks, Is.Empty);
        Assert.That(report.ThrowIfLeaked, Throws.TypeOf<CanaryLeakException>().With.Message.Contains("no request of this test was recorded"));
    }

    [Test]
    public async Task A_flight_without_a_token_proves_nothing()
    {
        using var canary = new RedactionCanary(_probe);
        await _client.PostAsJsonAsync("/pets", new Pet("Rex", "chip-1"));
        CanaryReport report = await canary.CheckAsync();
        Assert.That(report.ThrowIfLeaked, Throws.TypeOf<CanaryLeakException>().With.Message.Contains("no token to look for"));
    }

    [Test]
    public void A_value_of_three_characters_is_not_watched()
    {
        using var canary = new RedactionCanary(_probe);
        Assert.Throws<ArgumentOutOfRangeException>(() => canary.Watch("pin", "123"));
    }

    private Task<CanaryReport> FlyAsync(CanaryOptions? options = null)
        => RedactionCanary.FlyAsync<Pet>(_probe, pet => _client.PostAsJsonAsync("/pets", pet), options);
}
