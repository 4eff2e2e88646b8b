namespace FlightRecorder;

/// <summary>Why a recording was kept; several may hold.</summary>
[Flags]
public enum Triggers
{
    /// <summary>None known.</summary>
    None = 0,

    /// <summary>The rule keeps everything.</summary>
    Always = 1,

    /// <summary>It failed.</summary>
    Error = 2,

    /// <summary>A status of 400 to 499.</summary>
    ClientError = 4,

    /// <summary>It was slow.</summary>
    Slow = 8,

    /// <summary>It changed rows.</summary>
    Mutation = 16,

    /// <summary>The app asked for it.</summary>
    Manual = 32,

    /// <summary>The process was dying.</summary>
    Crash = 64,
}
