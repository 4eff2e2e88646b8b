using FlightRecorder.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FlightRecorder;

/// <summary>Finds the recording of a request where <see cref="Flight.Current"/> cannot, such as on a thread of one's own.</summary>
public static class FlightHttpContextExtensions
{
    /// <summary>The recording of the request, or null when it is not recorded.</summary>
    public static AmbientRecording? Recording(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (context.Features.Get<IEndpointFeature>() as MatchFeature)?.Recording;
    }
}
