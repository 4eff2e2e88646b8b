using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// The interceptors of one context as EF Core puts them together, but outside a recording without the recorder's, where they are the
/// only ones of their kind: EF Core makes event data for each callback as soon as there is anybody to call.
/// </summary>
internal sealed class AmbientInterceptors(IServiceProvider services) : IInterceptors
{
    private Dictionary<Type, IInterceptorAggregator>? _aggregators;
    private List<IInterceptor>? _all;
    private ConnectionRecorder? _connections;
    private bool _isAskedEachTime;

    public TInterceptor? Aggregate<TInterceptor>()
        where TInterceptor : class, IInterceptor
    {
        List<IInterceptor> all = _all ??= All();
        if (!_isAskedEachTime || !IsOwn(all, out TInterceptor? only, out bool areSeveral))
        {
            return Chain<TInterceptor>(all);
        }

        return IsIdle<TInterceptor>(AmbientHolder.Current) ? null : areSeveral ? Chain<TInterceptor>(all) : only;
    }

    // Of connections the recorder wants to know little, and each one raises four events for a save.
    private bool IsIdle<TInterceptor>(AmbientRecording? recording)
        => typeof(TInterceptor) == typeof(IDbConnectionInterceptor)
            ? _connections?.IsIdle(recording) == true
            : recording is null;

    // Whether the app has none of the kind. Of the recorder's there is mostly one: then EF Core's aggregators, of which each context makes
    // its own, are not needed.
    private static bool IsOwn<TInterceptor>(List<IInterceptor> all, out TInterceptor? only, out bool areSeveral)
        where TInterceptor : class, IInterceptor
    {
        only = null;
        areSeveral = false;
        foreach (IInterceptor interceptor in all)
        {
            if (interceptor is TInterceptor match)
            {
                if (interceptor is not IRecorderInterceptor)
                {
                    return false;
                }

                areSeveral = only is not null;
                only = match;
            }
        }

        return true;
    }

    private TInterceptor? Chain<TInterceptor>(List<IInterceptor> all)
        where TInterceptor : class, IInterceptor
    {
        _aggregators ??= services.GetServices<IInterceptorAggregator>().ToDictionary(static aggregator => aggregator.InterceptorType);
        return (TInterceptor?)_aggregators[typeof(TInterceptor)].AggregateInterceptors(all);
    }

    // Only when first asked: EF Core makes its loggers, which ask here, before the options are to be had. A logger that keeps for a while
    // that nobody listens, as the app may want it, would not see a recording begin.
    private List<IInterceptor> All()
    {
        CoreOptionsExtension? options = services.GetRequiredService<IDbContextOptions>().FindExtension<CoreOptionsExtension>();
        List<IInterceptor> all = [.. services.GetServices<IInterceptor>(), .. options?.Interceptors ?? []];
        _connections = all.OfType<ConnectionRecorder>().FirstOrDefault();
        _isAskedEachTime = options?.LoggingCacheTime < TimeSpan.Zero;
        return all;
    }
}

/// <summary>Marks the recorder's own interceptors, which have nothing to do outside a recording.</summary>
internal interface IRecorderInterceptor;
