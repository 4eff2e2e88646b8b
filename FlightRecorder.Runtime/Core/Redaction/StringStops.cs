namespace FlightRecorder;

/// <summary>What a search for the end of a JSON string stops at, beside quotes, backslashes and control characters.</summary>
internal enum StringStops
{
    /// <summary>Nothing else: the text is UTF-8 and holds no line separators.</summary>
    None,

    /// <summary>0xE2, with which U+2028 and U+2029 begin.</summary>
    Separators,

    /// <summary>Every byte beyond ASCII: nobody has looked yet whether the text is UTF-8.</summary>
    BeyondAscii,
}
