using FlightRecorder.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace FlightRecorder.Tests.Core.Hosting;

public sealed class GeneratorVersionTests
{
    [Test]
    public void Code_of_another_generator_stops_the_start_and_names_module_versions_and_the_fix()
        => Assert.That(
            () => GeneratorVersion.Check([Compiled("0.0.1")]),
            Throws.InstanceOf<FlightRecorderConfigurationException>().With.Message.EqualTo(
                $"The module FlightRecorder.Runtime.Tests.dll was compiled with the FlightRecorder generator 0.0.1, but FlightRecorder.Runtime {GeneratorVersion.Runtime} is loaded. " +
                "Give all FlightRecorder packages one version, and build it again."));

    [Test]
    public void Code_of_the_same_version_starts() => Assert.That(() => GeneratorVersion.Check([Compiled(GeneratorVersion.Runtime)]), Throws.Nothing);

    [Test]
    public void The_version_compiled_in_is_the_one_of_the_assembly()
        => Assert.That(GeneratorVersion.Runtime, Is.EqualTo(typeof(GeneratedAssembly).Assembly.GetName().Version!.ToString(3)));

    [Test]
    [NonParallelizable]
    public void The_host_asks_when_it_starts()
    {
        GeneratedCode.Register(Compiled("0.0.1"));
        try
        {
            using ServiceProvider services = new ServiceCollection().AddFlightRecorderCore().UseMemoryStore().Services.BuildServiceProvider();
            Assert.That(services.GetRequiredService<FlightRecorderOptions>, Throws.InstanceOf<FlightRecorderConfigurationException>().With.Message.Contains("generator 0.0.1"));
        }
        finally
        {
            GeneratedCode.Register(Compiled(GeneratorVersion.Runtime));
        }
    }

    private static GeneratedAssembly Compiled(string version) => new() { Anchor = typeof(GeneratorVersionTests), GeneratorVersion = version };
}
