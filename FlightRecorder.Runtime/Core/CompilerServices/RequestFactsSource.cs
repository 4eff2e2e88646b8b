namespace FlightRecorder.CompilerServices;

/// <summary>Where <see cref="RequestFacts"/> come from: one per request in an adapter, pooled with its recording.</summary>
internal abstract class RequestFactsSource
{
    private double _draw = -1;

    public abstract string Method { get; }

    public abstract string Path { get; }

    public abstract string? Route { get; }

    public abstract string RequestId { get; }

    public abstract string? Header(string name);

    /// <summary>The actor, once known; set by the adapter before the second judgement.</summary>
    public RequestActor? Actor { get; set; }

    /// <summary>Whether a filter asked for the actor: its answer is then asked for again at the end.</summary>
    public bool ActorAsked { get; private set; }

    /// <summary>One draw from [0, 1) per request, so that asking twice gives one answer.</summary>
    public double Draw => _draw >= 0 ? _draw : _draw = Random.Shared.NextDouble();

    public RequestActor? ReadActor()
    {
        ActorAsked = true;
        return Actor;
    }

    protected void ResetFacts()
    {
        _draw = -1;
        Actor = null;
        ActorAsked = false;
    }
}
