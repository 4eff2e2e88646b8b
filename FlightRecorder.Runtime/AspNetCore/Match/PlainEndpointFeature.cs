using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FlightRecorder.AspNetCore;

/// <summary>An endpoint feature that only holds the endpoint.</summary>
internal class PlainEndpointFeature : IEndpointFeature
{
    public Endpoint? Endpoint { get; set; }
}

/// <summary>Says that the request's recording has ended: what an exception handler further out runs again is not recorded a second time.</summary>
internal sealed class EndedFeature : PlainEndpointFeature;
