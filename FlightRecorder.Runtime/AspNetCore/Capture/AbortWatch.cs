using Microsoft.AspNetCore.Http.Features;

namespace FlightRecorder.AspNetCore;

/// <summary>Notes that the app itself aborted the connection: the server's token is cancelled later, on another thread.</summary>
internal sealed class AbortWatch(IHttpRequestLifetimeFeature inner) : IHttpRequestLifetimeFeature
{
    private bool _aborted;

    public bool IsAborted => _aborted || inner.RequestAborted.IsCancellationRequested;

    public CancellationToken RequestAborted { get => inner.RequestAborted; set => inner.RequestAborted = value; }

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
