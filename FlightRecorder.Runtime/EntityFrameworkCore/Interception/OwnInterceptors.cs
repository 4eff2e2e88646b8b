using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>The recorder's interceptors of one kind. Of most kinds there is one: then EF Core's aggregators, of which each context makes its own, are not needed.</summary>
/// <param name="Only">The only one, or one of several; null for none.</param>
/// <param name="IsAlone">The app has none of the kind.</param>
/// <param name="AreSeveral">The recorder has several.</param>
internal readonly record struct OwnInterceptors<TInterceptor>(TInterceptor? Only, bool IsAlone, bool AreSeveral)
    where TInterceptor : class, IInterceptor
{
    public static OwnInterceptors<TInterceptor> Among(List<IInterceptor> all)
    {
        TInterceptor? only = null;
        bool areSeveral = false;
        foreach (IInterceptor interceptor in all)
        {
            if (interceptor is TInterceptor match)
            {
                if (interceptor is not IRecorderInterceptor)
                {
                    return default;
                }

                areSeveral = only is not null;
                only = match;
            }
        }

        return new OwnInterceptors<TInterceptor>(only, IsAlone: true, areSeveral);
    }

    /// <summary>The same under the name of its kind that generic code has for it; the kinds must be one.</summary>
    public OwnInterceptors<TSame> As<TSame>()
        where TSame : class, IInterceptor
        => new((TSame?)(IInterceptor?)Only, IsAlone, AreSeveral);
}
