using FlightRecorder;

namespace ShopAot;

/// <summary>Where the recordings go: to the journal, and on to PostgreSQL where that is built in.</summary>
internal static partial class ShopRecorder
{
    public static void Add(WebApplicationBuilder builder)
    {
        // On a line of its own: where CarryOn is not compiled in, neither are its arguments.
        FlightRecorderBuilder recorder = builder.Services.AddFlightRecorder(builder.Configuration.GetSection("FlightRecorder"));
        CarryOn(recorder, builder.Configuration);
    }

    // Nothing at all, unless Store/ is compiled in.
    static partial void CarryOn(FlightRecorderBuilder recorder, IConfiguration configuration);
}
