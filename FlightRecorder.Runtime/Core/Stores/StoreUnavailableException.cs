namespace FlightRecorder;

/// <summary>The store cannot take anything now, has said so itself, and will try again; the batch is lost.</summary>
internal sealed class StoreUnavailableException(Exception? cause) : IOException("The store cannot be written now.", cause)
{
    /// <summary>Thrown while a store waits before its next try; one object, since a store may be down for long.</summary>
    public static StoreUnavailableException Waiting { get; } = new(null);
}
