namespace FlightRecorder;

/// <summary>One entry of <see cref="RedactionOptions.Paths"/>: a place, and the member names that lead there.</summary>
internal sealed record RedactionPath(RedactionPlace Place, string[] Members)
{
    private const string Allowed = "member names joined by dots, optionally after body:, query:, params:, header: or form:";

    public static void Check(string key, string value, OptionChecks checks)
    {
        if (Parse(value) is null)
        {
            checks.Fail(key, value, Allowed);
        }
    }

    /// <summary>The path, or null when the text is none.</summary>
    public static RedactionPath? Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        RedactionPlace? place = colon < 0 ? RedactionPlace.Body : PlaceOf(text[..colon]);
        string[] members = text[(colon + 1)..].Split('.');
        bool single = place is not RedactionPlace.Body;
        return place is null || members.Any(string.IsNullOrWhiteSpace) || (single && members.Length > 1)
            ? null
            : new RedactionPath(place.Value, members);
    }

    private static RedactionPlace? PlaceOf(string prefix) => prefix switch
    {
        "body" => RedactionPlace.Body,
        "query" => RedactionPlace.Query,
        "params" => RedactionPlace.Params,
        "header" => RedactionPlace.Header,
        "form" => RedactionPlace.Form,
        _ => null,
    };
}

/// <summary>The part of a request that a <see cref="RedactionPath"/> speaks of.</summary>
internal enum RedactionPlace
{
    Body,
    Query,
    Params,
    Header,
    Form,
}
