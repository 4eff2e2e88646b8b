using FlightRecorder.Tests.ShopAot.Support;

namespace FlightRecorder.Tests.ShopAot.Recordings;

/// <summary>The code that writes prompts is left out of a binary that does not ask for it.</summary>
[Category("Aot")]
internal sealed class StoredPromptTests
{
    [Test]
    public void The_option_that_needs_it_stops_the_start_and_says_what_to_do()
        => Assert.That(
            async () => await (await ShopProcess.StartAsync(Build.Aot, ("FlightRecorder__StorePrompt", "true"))).DisposeAsync(),
            Throws.InvalidOperationException.With.Message.Contains("FlightRecorder:StorePrompt is True; allowed: false, or the project says <FlightRecorderStoredPrompts>true"));
}
