using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FlightRecorder.AspNetCore;

/// <summary>Counts the endpoints that requests can reach; those that only make links are left out.</summary>
internal sealed class EndpointCensus(IServiceProvider services, WebRecorder web) : IEndpointCensus
{
    public EndpointCount Count()
    {
        int all = 0;
        int recorded = 0;
        foreach (Endpoint endpoint in services.GetService<EndpointDataSource>()?.Endpoints ?? [])
        {
            if (endpoint is not RouteEndpoint || endpoint.Metadata.GetMetadata<ISuppressMatchingMetadata>() is { SuppressMatching: true })
            {
                continue;
            }

            all++;
            recorded += web.Plans.Find(endpoint).IsRecorded ? 1 : 0;
        }

        return new EndpointCount(recorded, all);
    }
}
