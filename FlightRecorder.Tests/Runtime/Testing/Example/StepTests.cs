using Microsoft.AspNetCore.Mvc.Testing;

namespace FlightRecorder.Tests.Testing.Example;

/// <summary>The steps of the readme, over the app of its example.</summary>
public sealed class StepTests
{
    [Test]
    public async Task The_steps_of_the_readme_find_no_leak()
    {
        await using var factory = new WebApplicationFactory<Program>();
        using var probe = RecordingProbe.For(factory.Services);
        using HttpClient client = factory.CreateDefaultClient(probe.CreateHandler());
        await StepAsync(probe, client);
    }

    private static async Task StepAsync(RecordingProbe probe, HttpClient client)
    {
        // ASP.NET Core itself logs each request with its query.
        using var canary = new RedactionCanary(probe, new CanaryOptions { IgnoredLogCategories = ["Microsoft.AspNetCore.Hosting"] });
        NewCustomer customer = canary.Fill<NewCustomer>();            // or canary.Fill(customer): only marked members change
        string token = canary.Token("query token");
        await client.PostAsJsonAsync($"/customers?token={token}", customer);
        await canary.AssertNoLeakAsync();                             // or CheckAsync() for the report
    }
}
