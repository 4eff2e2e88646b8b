using System.Runtime.CompilerServices;

namespace FlightRecorder.Tests.Testing.Example;

/// <summary>The test project is the example's app itself, so the factory finds no folder of an app and is told one.</summary>
internal static class ContentRoot
{
    [ModuleInitializer]
    internal static void Set() => Environment.SetEnvironmentVariable("ASPNETCORE_TEST_CONTENTROOT_FLIGHTRECORDER_TESTING_TESTS", AppContext.BaseDirectory);
}
