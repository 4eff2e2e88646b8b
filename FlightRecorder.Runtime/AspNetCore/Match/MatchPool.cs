namespace FlightRecorder.AspNetCore;

/// <summary>
/// Match features to use again. An unmarked request gives its feature back on the thread that took it, so one per thread
/// serves nearly all of them without a lock; the rest, at most 256, are shared.
/// </summary>
internal static class MatchPool
{
    private static readonly MatchFeature[] Shared = new MatchFeature[256];
    private static readonly Lock Gate = new();
    private static int s_count;

    [ThreadStatic]
    private static MatchFeature? t_own;

    public static MatchFeature Rent()
    {
        MatchFeature? own = t_own;
        if (own is not null)
        {
            t_own = null;
            return own;
        }

        lock (Gate)
        {
            if (s_count > 0)
            {
                return Shared[--s_count];
            }
        }

        return new MatchFeature();
    }

    public static void Return(MatchFeature feature)
    {
        if (t_own is null)
        {
            t_own = feature;
            return;
        }

        lock (Gate)
        {
            if (s_count < Shared.Length)
            {
                Shared[s_count++] = feature;
            }
        }
    }
}
