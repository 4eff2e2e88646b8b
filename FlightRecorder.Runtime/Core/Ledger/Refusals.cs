namespace FlightRecorder;

/// <summary>Errors that servers sent during a recording.</summary>
/// <param name="Seen">All of them.</param>
/// <param name="Placed">Those of which an adapter knows the connection.</param>
internal readonly record struct Refusals(int Seen, int Placed)
{
    /// <summary>Whether one came since an earlier moment of which nobody knows the connection.</summary>
    /// <remarks>What had come before then, and was still on its way to an adapter, is placed first: rather a doubt too many than one too few.</remarks>
    public bool HasStraySince(Refusals earlier)
    {
        int onTheWay = earlier.Seen - earlier.Placed;
        return Seen - earlier.Seen > Math.Max(0, Placed - earlier.Placed - onTheWay);
    }
}
