namespace FlightRecorder.Prompts;

/// <summary>What an exception says, with all inside it.</summary>
internal static class ErrorFacts
{
    private const int MaxDepth = 16;

    /// <summary>Whether the type or message of the error, or of one inside it, holds one of the words, ignoring case.</summary>
    public static bool Says(RecordedError error, params ReadOnlySpan<string> words) => Says(error, words, MaxDepth);

    private static bool Says(RecordedError error, ReadOnlySpan<string> words, int depth)
    {
        foreach (string word in words)
        {
            if (error.Message.Contains(word, StringComparison.OrdinalIgnoreCase) || error.Type.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        foreach (RecordedError inner in error.Inner)
        {
            if (depth > 0 && Says(inner, words, depth - 1))
            {
                return true;
            }
        }

        return false;
    }
}
