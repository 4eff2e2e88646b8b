namespace FlightRecorder.Tests.ShopAot.Support;

/// <summary>Where two texts differ, line by line, with what stands around it.</summary>
internal static class LineDifference
{
    private const int Around = 3;

    /// <summary>Empty when they are equal; else the differing stretch, <c>-</c> before the lines of the first, <c>+</c> before those of the second.</summary>
    public static string Of(string first, string second)
    {
        string[] a = first.Split('\n');
        string[] b = second.Split('\n');
        int start = a.Zip(b).TakeWhile(pair => pair.First == pair.Second).Count();
        if (start == a.Length && start == b.Length)
        {
            return "";
        }

        int end = a[start..].Reverse().Zip(b[start..].Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        return string.Join(
            '\n',
            [
                .. a[Math.Max(0, start - Around)..start].Select(line => "  " + line),
                .. a[start..(a.Length - end)].Select(line => "- " + line),
                .. b[start..(b.Length - end)].Select(line => "+ " + line),
                .. a[(a.Length - end)..Math.Min(a.Length, a.Length - end + Around)].Select(line => "  " + line),
            ]);
    }
}
