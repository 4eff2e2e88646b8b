namespace FlightRecorder.Tests.Core.Crash;

/// <summary>The tools with which tests make a machine of their own inside this one: mount namespaces, dropped rights.</summary>
internal static class Isolation
{
    private static readonly string[] Tools = ["unshare:", "setpriv:", "mount:"];

    /// <summary>Ignores the test where this machine refuses one of them. Whatever else went wrong is the test's to find.</summary>
    /// <param name="error">What the process wrote to standard error.</param>
    public static void IgnoreWhereRefused(string error)
    {
        // They are the machine's to give: hardened ones refuse them to ordinary users, and the tool says so under its name.
        if (Tools.FirstOrDefault(tool => error.Contains(tool, StringComparison.Ordinal)) is { } refused)
        {
            Assert.Ignore($"This machine does not give what the test takes {refused} {error}");
        }
    }
}
