namespace FlightRecorder;

/// <summary>One timed step of a live recording.</summary>
internal struct TimelineEntry
{
    public TimelineEntry()
    {
    }

    /// <summary>Microseconds since the recording began; set on appending when left at -1.</summary>
    public long AtUs { get; set; } = -1;

    /// <summary>One of <see cref="TimelineTypes"/>.</summary>
    public required string Type { get; set; }

    public string? Detail { get; set; }

    public string? Sql { get; set; }

    public NamedValue[]? Parameters { get; set; }

    /// <summary>A value of <see cref="CapturedValue"/>.</summary>
    public object? Data { get; set; }

    public string? Location { get; set; }

    public string? Error { get; set; }

    /// <summary>0: absent.</summary>
    public int Status { get; set; }

    /// <summary>-1: absent.</summary>
    public long DurationUs { get; set; } = -1;

    /// <summary>-1: absent.</summary>
    public long Rows { get; set; } = -1;
}

/// <summary>The types of timeline entries that the recorder writes itself.</summary>
internal static class TimelineTypes
{
    public const string RequestReceived = "http.request.received";
    public const string ResponseSent = "http.response.sent";
    public const string Query = "db.query";
    public const string Command = "db.command";
    public const string Mutation = "db.mutation";
    public const string Mark = "mark";
    public const string Error = "error";
}
