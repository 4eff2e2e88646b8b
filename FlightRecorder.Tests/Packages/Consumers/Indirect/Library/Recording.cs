using FlightRecorder;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Library;

public static class Recording
{
    public static FlightRecorderBuilder AddRecording(this WebApplicationBuilder builder)
    {
        System.ArgumentNullException.ThrowIfNull(builder);
        return builder.Services.AddFlightRecorder(builder.Configuration.GetSection("FlightRecorder"));
    }
}
