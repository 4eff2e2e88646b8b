namespace FlightRecorder;

/// <summary>How a redacted value is shown.</summary>
public enum RedactMode
{
    /// <summary>Replaced by <c>Redaction.Replacement</c> (<c>[REDACTED]</c>).</summary>
    Mask,

    /// <summary>The member is left out.</summary>
    Remove,

    /// <summary>Replaced by a short keyed hash, so that equal values can be told to be equal. Needs <c>Redaction.HashKey</c>.</summary>
    Hash,

    /// <summary>The last four characters stay; values under 12 characters are masked wholly.</summary>
    Last4,
}
