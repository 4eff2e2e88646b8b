using FlightRecorder;

namespace ShopAot;

/// <summary>Where the recordings go: to the journal, and on to PostgreSQL where that is built in.</summary>
internal static partial class ShopRecorder
{
    public static void Add(WebApplicationBuilder builder)
        => CarryOn(builder.Services.AddFlightRecorder(builder.Configuration.GetSection("FlightRecorder")), builder.Configuration);

    // Nothing at all, unless Store/ is compiled in.
    static partial void CarryOn(FlightRecorderBuilder recorder, IConfiguration configuration);
}
