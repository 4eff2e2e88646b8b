using Microsoft.AspNetCore.Http.Features;

namespace FlightRecorder.AspNetCore;

/// <summary>Notes that the app itself aborted the connection: the server's token is cancelled later, on another thread.</summary>
internal sealed class AbortWatch(IHttpRequestLifetimeFeature inner) : IHttpRequestLifetimeFeature
{
    private bool _aborted;
    private CancellationToken _token;

    // The server takes a lock to give its token out, and the app nearly always has asked for it.
    public bool IsAborted => _aborted || (_token.CanBeCanceled ? _token : inner.RequestAborted).IsCancellationRequested;

    public CancellationToken RequestAborted
    {
        get
        {
            CancellationToken token = inner.RequestAborted;
            _token = token;
            return token;
        }

        set
        {
            _token = default;
            inner.RequestAborted = value;
        }
    }

    public void Abort()
    {
        _aborted = true;
        inner.Abort();
    }

    public void Restore(IFeatureCollection features)
    {
        if (ReferenceEquals(features[typeof(IHttpRequestLifetimeFeature)], this))
        {
            features.Put(inner);
        }
    }
}
