using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Features;

namespace FlightRecorder.AspNetCore;

/// <summary>Features by key: the generic methods of the interface cost several times what the look-up itself does.</summary>
internal static class FeatureLookup
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T? Find<T>(this IFeatureCollection features)
        where T : class
        => (T?)features[typeof(T)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put<T>(this IFeatureCollection features, T? feature)
        where T : class
        => features[typeof(T)] = feature;
}
