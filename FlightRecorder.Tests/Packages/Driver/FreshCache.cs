namespace FlightRecorder.Tests.Packages;

/// <summary>Before all tests: no package of ours from an earlier run.</summary>
[SetUpFixture]
public sealed class FreshCache
{
    [OneTimeSetUp]
    public static void ForgetOurs() => PackageCache.ForgetOurs();
}
