using FlightRecorder.Tests.Support.Wire;

namespace FlightRecorder.Tests.AspNetCore.Wire;

/// <summary>One exchange over a raw connection.</summary>
/// <param name="Name">What is tried, as a sentence's beginning.</param>
/// <param name="Run">Sends and receives, until the server has closed the connection.</param>
internal sealed record WireScenario(string Name, Func<RawConnection, Task> Run)
{
    /// <summary>The request body that the recorder must have seen; null where that is not fixed.</summary>
    public string? RequestBody { get; init; }

    public BodyState RequestState { get; init; } = BodyState.None;

    /// <summary>The state of the response body; a complete one must equal what came over the wire.</summary>
    public BodyState ResponseState { get; init; } = BodyState.Complete;

    public RecordingOutcome Outcome { get; init; } = RecordingOutcome.Completed;

    /// <summary>How many requests of the exchange reach an endpoint.</summary>
    public int Requests { get; init; } = 1;

    public override string ToString() => Name;

    /// <summary>A scenario that sends its text at once.</summary>
    public static WireScenario Of(string name, string request) => new(name, async connection =>
    {
        await connection.SendAsync(request.ReplaceLineEndings("\r\n"));
        await connection.ReadToEndAsync();
    });

    /// <summary>A POST with a body of known length.</summary>
    public static WireScenario Post(string name, string path, string contentType, string body)
        => Of(name, $"POST {path} HTTP/1.1\nHost: test\nConnection: close\nContent-Type: {contentType}\nContent-Length: {body.ReplaceLineEndings("\r\n").Length}\n\n{body}") with
        {
            RequestBody = body.ReplaceLineEndings("\r\n"),
            RequestState = BodyState.Complete,
        };

    public static WireScenario Get(string name, string path, string headers = "")
        => Of(name, $"GET {path} HTTP/1.1\nHost: test\nConnection: close\n{headers}\n");
}
