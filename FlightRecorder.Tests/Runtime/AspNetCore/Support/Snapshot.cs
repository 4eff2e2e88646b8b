using System.Text;

namespace FlightRecorder.Tests.AspNetCore.Support;

/// <summary>What a recording held when it was closed, copied since the recording itself is used again.</summary>
internal sealed class Snapshot
{
    public Snapshot(ActiveRecording recording)
    {
        Id = recording.Id;
        Name = recording.Name;
        Location = recording.Plan?.Location;
        Method = recording.Method;
        Path = recording.Path;
        Route = recording.Route;
        RequestId = recording.RequestId;
        TraceId = recording.TraceId;
        SpanId = recording.SpanId;
        ParentSpanId = recording.ParentSpanId;
        Actor = recording.Actor;
        Status = recording.Status;
        Outcome = recording.Outcome;
        Query = Copy(recording.Query);
        Params = Copy(recording.Params);
        RequestHeaders = Copy(recording.RequestHeaders);
        ResponseHeaders = Copy(recording.ResponseHeaders);
        Request = new BodySnapshot(recording.RequestBody);
        Response = new BodySnapshot(recording.ResponseBody);
        Errors = [.. recording.Errors];
        Gaps = [.. recording.Gaps.ToArray().Select(gap => $"{gap.What}: {gap.Why}")];
        Timeline = [.. recording.Timeline];
    }

    public Guid Id { get; }

    public string Name { get; }

    public string? Location { get; }

    public string Method { get; }

    public string Path { get; }

    public string? Route { get; }

    public string? RequestId { get; }

    public string? TraceId { get; }

    public string? SpanId { get; }

    public string? ParentSpanId { get; }

    public RequestActor? Actor { get; }

    public int Status { get; }

    public RecordingOutcome Outcome { get; }

    public IReadOnlyDictionary<string, string> Query { get; }

    public IReadOnlyDictionary<string, string> Params { get; }

    public IReadOnlyDictionary<string, string> RequestHeaders { get; }

    public IReadOnlyDictionary<string, string> ResponseHeaders { get; }

    public BodySnapshot Request { get; }

    public BodySnapshot Response { get; }

    public ErrorEntry[] Errors { get; }

    public string[] Gaps { get; }

    public TimelineEntry[] Timeline { get; }

    private static Dictionary<string, string> Copy(List<NameValues> values)
        => values.ToDictionary(pair => pair.Name, pair => pair.Values.ToString());
}

/// <summary>A captured body, copied.</summary>
internal sealed class BodySnapshot(CapturedBody body)
{
    public BodyState State { get; } = body.State;

    public string? ContentType { get; } = body.ContentType;

    public byte[] Bytes { get; } = body.Buffer.Bytes.ToArray();

    public long TotalBytes { get; } = body.Buffer.TotalBytes;

    public CompilerServices.RedactionMap? Map { get; } = body.Map;

    public string Text => Encoding.Latin1.GetString(Bytes);
}
