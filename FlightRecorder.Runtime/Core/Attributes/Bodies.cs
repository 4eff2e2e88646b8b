namespace FlightRecorder;

/// <summary>Which bodies of a request are recorded.</summary>
public enum Bodies
{
    /// <summary>On a rule: as the options say. In the options: both.</summary>
    Default,

    /// <summary>Neither.</summary>
    None,

    /// <summary>The request's.</summary>
    Request,

    /// <summary>The response's.</summary>
    Response,

    /// <summary>Both.</summary>
    Both,
}
