namespace FlightRecorder.Prompts;

/// <summary>Bodies that are not what they seem.</summary>
internal static class BodyHints
{
    public static IEnumerable<string> Find(PromptCase @case)
    {
        switch (@case.Recording.Request?.Body.State)
        {
            case BodyState.Unread:
                yield return "The app never read the request's body: something answered before the handler, or the handler ignores it.";
                break;
            case BodyState.Truncated or BodyState.Partial:
                yield return "The request's body is stored in part only: do not conclude from what is missing in it.";
                break;
            case BodyState.Unparsed:
                yield return "The request's body did not parse: check content type and encoding.";
                break;
        }
    }
}
