namespace FlightRecorder;

/// <summary>How a body was stored.</summary>
public enum BodyKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>As JSON.</summary>
    Json,

    /// <summary>As a string.</summary>
    Text,

    /// <summary>As an object of form fields.</summary>
    Form,
}
