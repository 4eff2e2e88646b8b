using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// The interceptors of one context as EF Core puts them together, but outside a recording without the recorder's, where they are the
/// only ones of their kind: EF Core makes event data for each callback as soon as there is anybody to call. The recorder's are made for
/// this context, so that what they keep of it need not be looked up.
/// </summary>
internal sealed class AmbientInterceptors(IServiceProvider services) : IInterceptors
{
    private Dictionary<Type, IInterceptorAggregator>? _aggregators;
    private List<IInterceptor>? _all;
    private ConnectionRecorder? _connections;
    private OwnInterceptors<IDbCommandInterceptor> _ofCommands;
    private OwnInterceptors<IDbConnectionInterceptor> _ofConnections;
    private OwnInterceptors<ISaveChangesInterceptor> _ofSaves;
    private OwnInterceptors<IDbTransactionInterceptor> _ofTransactions;
    private bool _isAskedEachTime;

    public TInterceptor? Aggregate<TInterceptor>()
        where TInterceptor : class, IInterceptor
    {
        List<IInterceptor> all = _all ?? Prepare();
        if (!_isAskedEachTime || Own<TInterceptor>(all) is not { IsAlone: true } own)
        {
            return Chain<TInterceptor>(all);
        }

        return IsIdle<TInterceptor>(AmbientHolder.Current) ? null : own.AreSeveral ? Chain<TInterceptor>(all) : own.Only;
    }

    // Of connections the recorder wants to know little, and each one raises four events for a save.
    private bool IsIdle<TInterceptor>(AmbientRecording? recording)
        => typeof(TInterceptor) == typeof(IDbConnectionInterceptor)
            ? _connections?.IsIdle(recording) == true
            : recording is null;

    // Asked dozens of times for each save: for the kinds that the recorder has it is known.
    private OwnInterceptors<TInterceptor> Own<TInterceptor>(List<IInterceptor> all)
        where TInterceptor : class, IInterceptor
        => typeof(TInterceptor) == typeof(IDbCommandInterceptor) ? _ofCommands.As<TInterceptor>()
            : typeof(TInterceptor) == typeof(IDbConnectionInterceptor) ? _ofConnections.As<TInterceptor>()
            : typeof(TInterceptor) == typeof(ISaveChangesInterceptor) ? _ofSaves.As<TInterceptor>()
            : typeof(TInterceptor) == typeof(IDbTransactionInterceptor) ? _ofTransactions.As<TInterceptor>()
            : OwnInterceptors<TInterceptor>.Among(all);

    private TInterceptor? Chain<TInterceptor>(List<IInterceptor> all)
        where TInterceptor : class, IInterceptor
    {
        _aggregators ??= services.GetServices<IInterceptorAggregator>().ToDictionary(static aggregator => aggregator.InterceptorType);
        return (TInterceptor?)_aggregators[typeof(TInterceptor)].AggregateInterceptors(all);
    }

    // Only when first asked: EF Core makes its loggers, which ask here, before the options are to be had. A logger that keeps for a while
    // that nobody listens, as the app may want it, would not see a recording begin.
    private List<IInterceptor> Prepare()
    {
        CoreOptionsExtension? options = services.GetRequiredService<IDbContextOptions>().FindExtension<CoreOptionsExtension>();
        var saves = new PendingSaves();
        List<IInterceptor> all = [.. services.GetServices<IInterceptor>()];
        foreach (IInterceptor interceptor in options?.Interceptors ?? [])
        {
            all.Add(interceptor is IRecorderInterceptor recorder ? recorder.For(saves) : interceptor);
        }

        _connections = all.OfType<ConnectionRecorder>().FirstOrDefault();
        _ofCommands = OwnInterceptors<IDbCommandInterceptor>.Among(all);
        _ofConnections = OwnInterceptors<IDbConnectionInterceptor>.Among(all);
        _ofSaves = OwnInterceptors<ISaveChangesInterceptor>.Among(all);
        _ofTransactions = OwnInterceptors<IDbTransactionInterceptor>.Among(all);
        _isAskedEachTime = options?.LoggingCacheTime < TimeSpan.Zero;
        return _all = all;
    }
}

/// <summary>Marks the recorder's own interceptors, which have nothing to do outside a recording.</summary>
internal interface IRecorderInterceptor
{
    /// <summary>The same for one context.</summary>
    /// <param name="saves">The saves of that context.</param>
    IInterceptor For(PendingSaves saves);
}
