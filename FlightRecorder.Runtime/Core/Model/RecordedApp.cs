namespace FlightRecorder;

/// <summary>The application a recording comes from.</summary>
public sealed record RecordedApp
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Its version.</summary>
    public string? Version { get; init; }

    /// <summary>The commit it was built from.</summary>
    public string? Commit { get; init; }

    /// <summary>The environment it ran in.</summary>
    public string? Environment { get; init; }

    /// <summary>The host it ran on.</summary>
    public string? Host { get; init; }

    /// <summary>Its process id.</summary>
    public int Pid { get; init; }
}
