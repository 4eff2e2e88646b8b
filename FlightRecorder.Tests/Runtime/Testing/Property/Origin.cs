namespace FlightRecorder.Tests.Testing.Property;

/// <summary>Where an app itself comes by a secret, and says so by a name.</summary>
internal enum Origin
{
    SqlParameter,
    MarkJson,
    Row,
    SqlLiteral,
    Message,
}

/// <summary>A secret of the app's own.</summary>
internal sealed record Told(Origin Origin, string Value)
{
    /// <summary>Told only by the words around it: hidden there, and not known as a secret elsewhere.</summary>
    public static bool IsText(Origin origin) => origin is Origin.SqlLiteral or Origin.Message;
}
