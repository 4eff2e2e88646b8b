using FlightRecorder;

namespace ShopAot;

internal static partial class ShopRecorder
{
    static partial void CarryOn(FlightRecorderBuilder recorder, IConfiguration configuration)
    {
        if (configuration.GetConnectionString("flight") is { Length: > 0 } store)
        {
            recorder.UsePostgresStore(store);
        }
    }
}
