using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace FlightRecorder.AspNetCore;

/// <summary>How a request ended, from what is left of it.</summary>
internal static class Outcomes
{
    /// <summary>Set by servers since nginx for a client that did not wait.</summary>
    private const int ClientClosedRequest = 499;

    public static bool IsBrokenConnection(Exception error)
        => error is ConnectionResetException or ConnectionAbortedException || error.InnerException is ConnectionResetException or ConnectionAbortedException;

    public static RecordingOutcome Of(bool aborted, Exception? error, int status)
        => aborted ? RecordingOutcome.Aborted
        : error is not null || status >= 500 ? RecordingOutcome.Failed
        : RecordingOutcome.Completed;

    /// <summary>The status the client got, or would have got: the server answers for an exception that leaves the pipeline.</summary>
    public static int Status(HttpResponse response, bool aborted, Exception? error)
    {
        if (response.HasStarted || error is null)
        {
            return response.StatusCode;
        }

        return aborted ? ClientClosedRequest : error is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
    }

    public static BodyState OfRequest(RequestTee tee, CapturedBody body)
    {
        if (!tee.WasRead)
        {
            return BodyState.Unread;
        }

        if (tee.Seen == 0)
        {
            return BodyState.None;
        }

        bool whole = tee.EndSeen || tee.Seen == body.DeclaredBytes;
        return body.Buffer.IsTruncated ? BodyState.Truncated : whole ? BodyState.Complete : BodyState.Partial;
    }

    public static BodyState OfResponse(ResponseTee tee, ActiveRecording recording, bool endedEarly)
    {
        CapturedBody body = recording.ResponseBody;
        bool hasBody = recording.Status >= 200 && recording.Status is not (204 or 304) && !HttpMethods.IsHead(recording.Method);
        if (!hasBody || body.Buffer.TotalBytes == 0)
        {
            return BodyState.None;
        }

        if (tee.IsSkipped)
        {
            return BodyState.Skipped;
        }

        bool partial = endedEarly || body.Buffer.TotalBytes < body.DeclaredBytes;
        return body.Buffer.IsTruncated ? BodyState.Truncated : partial ? BodyState.Partial : BodyState.Complete;
    }
}
