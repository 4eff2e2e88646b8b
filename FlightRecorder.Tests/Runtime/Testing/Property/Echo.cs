namespace FlightRecorder.Tests.Testing.Property;

/// <summary>Where an app may repeat a value that it was given.</summary>
internal enum Spot
{
    Mark,
    MarkData,
    MarkJson,
    MarkJsonName,
    LogLine,
    Exception,
    HandledException,
    SqlLiteral,
    SqlParameter,
    SqlError,
    Row,
    RowKey,
    Keep,
    ResponseJson,
    ResponseJsonName,
    ResponseText,
    ResponseHtml,
    ResponseHeader,
    SetCookie,
}

/// <summary>One repetition of a secret.</summary>
/// <param name="Spot">Where.</param>
/// <param name="Disguise">How.</param>
/// <param name="Text">The encoded value.</param>
internal sealed record Echo(Spot Spot, Disguise Disguise, string Text)
{
    public string Sentence => $"said \"{Text}\" twice";
}
