namespace FlightRecorder.Tests.Support;

/// <summary>The lines a process writes that is about to die: whoever knows their number knows every byte of them.</summary>
public static class NumberedLine
{
    /// <summary>So many numbers each process has.</summary>
    public const int Numbers = 100_000;

    /// <summary>The line, without its line feed.</summary>
    /// <param name="number">1 and up; the numbers of the second process begin at <see cref="Numbers"/>.</param>
    /// <param name="maxBytes">The lines are of every length up to about this.</param>
    public static string Of(int number, int maxBytes)
        => LineBuilder.Request(number, extra: $"\"tags\":{{\"pad\":\"{new string('x', (int)(number * 7919L % Math.Max(1, maxBytes - 400)))}\"}}");
}
