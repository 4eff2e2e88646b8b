using Microsoft.AspNetCore.Http;

namespace FlightRecorder.AspNetCore;

/// <summary>
/// The recorder's place in the pipeline. A request whose endpoint has no plan passes through un-awaited: by the time the next
/// middleware returns its task, the match feature has taken itself out.
/// </summary>
internal sealed class FlightMiddleware(RequestDelegate next, WebRecorder web)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!web.Recorder.IsOn || MatchFeature.Install(web, context, out int version) is not { } match)
        {
            return next(context);
        }

        Task task;
        try
        {
            task = next(context);
        }
        catch (Exception error)
        {
            match.Leave(version, error);
            throw;
        }

        if (match.Version != version)
        {
            return task;
        }

        if (task.IsCompletedSuccessfully)
        {
            match.Leave(version, null);
            return task;
        }

        match.LeaveFlow();
        return Awaited(task, match, version);
    }

    private static async Task Awaited(Task task, MatchFeature match, int version)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            match.Leave(version, error);
            throw;
        }

        match.Leave(version, null);
    }
}
