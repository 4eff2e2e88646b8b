namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Whether a connection made by some options was looked at and found undecorated; shared by all contexts with these options.</summary>
internal sealed class ConnectionCheck
{
    public bool IsDone { get; set; }
}
