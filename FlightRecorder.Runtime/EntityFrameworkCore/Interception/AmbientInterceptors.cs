using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// The interceptors of one context as EF Core puts them together, but outside a recording without the recorder's, where they are the
/// only ones: EF Core makes event data for each callback as soon as there is anybody to call.
/// </summary>
internal sealed class AmbientInterceptors(IServiceProvider services) : IInterceptors
{
    private Dictionary<Type, IInterceptorAggregator>? _aggregators;
    private IReadOnlyList<IInterceptor>? _all;
    private ConnectionCheck? _check;
    private bool _isRecorderAlone;

    public TInterceptor? Aggregate<TInterceptor>()
        where TInterceptor : class, IInterceptor
    {
        IReadOnlyList<IInterceptor> all = _all ??= All();
        if (_isRecorderAlone && AmbientHolder.Current is null && !Checks<TInterceptor>())
        {
            return null;
        }

        _aggregators ??= services.GetServices<IInterceptorAggregator>().ToDictionary(static aggregator => aggregator.InterceptorType);
        return (TInterceptor?)_aggregators[typeof(TInterceptor)].AggregateInterceptors(all);
    }

    // A decorated connection is refused outside recordings as well, when the first one is made or opened.
    private bool Checks<TInterceptor>() => typeof(TInterceptor) == typeof(IDbConnectionInterceptor) && _check is not { IsDone: true };

    // Only when first asked: EF Core makes its loggers, which ask here, before the options are to be had. A logger that keeps for a while
    // that nobody listens, as the app may want it, would not see a recording begin.
    private List<IInterceptor> All()
    {
        CoreOptionsExtension? options = services.GetRequiredService<IDbContextOptions>().FindExtension<CoreOptionsExtension>();
        List<IInterceptor> all = [.. services.GetServices<IInterceptor>(), .. options?.Interceptors ?? []];
        _check = all.OfType<ConnectionRecorder>().FirstOrDefault()?.Check;
        _isRecorderAlone = options?.LoggingCacheTime < TimeSpan.Zero && all.TrueForAll(static interceptor => interceptor is IRecorderInterceptor);
        return all;
    }
}

/// <summary>Marks the recorder's own interceptors, which have nothing to do outside a recording.</summary>
internal interface IRecorderInterceptor;
