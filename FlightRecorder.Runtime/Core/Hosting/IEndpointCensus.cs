namespace FlightRecorder;

/// <summary>Counts the endpoints of a host; the web adapter has one, other hosts have none.</summary>
internal interface IEndpointCensus
{
    /// <summary>Asked once, when the host has started: only then all endpoints are known.</summary>
    EndpointCount Count();
}

/// <summary>How many endpoints can be reached, and how many of them are recorded.</summary>
internal readonly record struct EndpointCount(int Recorded, int All);
