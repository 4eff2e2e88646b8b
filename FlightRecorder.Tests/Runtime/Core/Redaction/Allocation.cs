namespace FlightRecorder.Tests.Core.Redaction;

internal static class Allocation
{
    /// <summary>Fails when the action still allocates after it has warmed up.</summary>
    public static void AssertNone(Action action)
    {
        for (int i = 0; i < 100; i++)
        {
            action();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            action();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
