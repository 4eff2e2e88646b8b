namespace FlightRecorder;

/// <summary>How a canary fills objects and where it looks.</summary>
public sealed record CanaryOptions
{
    /// <summary>Makes the tokens the same in each run. Default: null, other ones each time.</summary>
    public int? Seed { get; init; }

    /// <summary>Whether marked enums carry a token as an undeclared number; an app that refuses such numbers then answers 400. Default: false, they are listed as not carried.</summary>
    public bool UndeclaredEnumValues { get; init; }

    /// <summary>
    /// Values for members whose rules no made-up value meets, by the member's name or path (<c>Code</c>, <c>Card.Code</c>). That of a
    /// marked member is its token: unique, and of 4 characters or more. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Values { get; init; } = new Dictionary<string, object?>();

    /// <summary>Beginnings of log categories that are not searched, for an app that logs what it marks on purpose. Default: none.</summary>
    public IReadOnlyList<string> IgnoredLogCategories { get; init; } = [];
}
