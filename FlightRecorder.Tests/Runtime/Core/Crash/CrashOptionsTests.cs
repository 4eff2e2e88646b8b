namespace FlightRecorder.Tests.Core.Crash;

public sealed class CrashOptionsTests
{
    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return new(new CrashOptions { MaxBytes = -1 }, "CrashOptions.MaxBytes is -1; allowed: 0 to 1099511627776.");
        yield return new(new CrashOptions { File = " " }, "CrashOptions.File is \" \"; allowed: a path without control characters, or null for standard error.");
        yield return new(new CrashOptions { File = "a\e[2J" }, "CrashOptions.File is \"a\\x1b[2J\"; allowed: a path without control characters, or null for standard error.");
        yield return new(new CrashOptions { Context = null! }, "CrashOptions.Context is null; allowed: a dictionary, which may be empty.");
    }

    [TestCaseSource(nameof(Wrong))]
    public void A_wrong_option_is_named_with_its_value_and_what_is_allowed(object options, string message)
        => Assert.That(
            () => Flight.Install((CrashOptions)options),
            Throws.TypeOf<FlightRecorderConfigurationException>().With.Message.EqualTo(message));
}
