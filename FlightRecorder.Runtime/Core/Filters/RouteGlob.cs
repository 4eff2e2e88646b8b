namespace FlightRecorder;

/// <summary>Globs over request paths: <c>*</c> stays inside a segment, <c>**</c> crosses them. Linear in the path for each <c>**</c>.</summary>
internal static class RouteGlob
{
    public static bool IsMatch(ReadOnlySpan<char> glob, ReadOnlySpan<char> path)
    {
        glob = Trim(glob);
        path = Trim(path);
        int g = 0, p = 0, retryGlob = -1, retryPath = -1;
        while (true)
        {
            if (g > glob.Length)
            {
                if (p > path.Length)
                {
                    return true;
                }
            }
            else
            {
                ReadOnlySpan<char> pattern = Segment(glob, g, out int nextG);
                if (pattern is "**")
                {
                    retryGlob = g = nextG;
                    retryPath = p;
                    continue;
                }

                if (p <= path.Length && IsSegmentMatch(pattern, Segment(path, p, out int nextP)))
                {
                    g = nextG;
                    p = nextP;
                    continue;
                }
            }

            // Let the latest ** swallow one more segment.
            if (retryGlob < 0 || retryPath > path.Length)
            {
                return false;
            }

            Segment(path, retryPath, out retryPath);
            p = retryPath;
            g = retryGlob;
        }
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> value) => value.StartsWith('/') ? value[1..] : value;

    // The segment that starts at `start`, and where the next one starts (past the end when this was the last).
    private static ReadOnlySpan<char> Segment(ReadOnlySpan<char> value, int start, out int next)
    {
        int length = value[start..].IndexOf('/');
        if (length < 0)
        {
            next = value.Length + 1;
            return value[start..];
        }

        next = start + length + 1;
        return value.Slice(start, length);
    }

    private static bool IsSegmentMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = t;
            }
            else if (p < pattern.Length && char.ToUpperInvariant(pattern[p]) == char.ToUpperInvariant(text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].Trim('*').IsEmpty;
    }
}
