namespace FlightRecorder;

/// <summary>A store beyond this machine's disk, for apps that may have none to write to.</summary>
internal interface IRemoteStore
{
    /// <summary>What it is, and where, for the report of the start; without secrets.</summary>
    (string Name, string Place) Describe();
}
