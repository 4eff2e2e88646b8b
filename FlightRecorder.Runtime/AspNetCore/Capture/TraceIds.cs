using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FlightRecorder.AspNetCore;

/// <summary>The request's place in a distributed trace: from its activity, else from a valid traceparent header (W3C Trace Context).</summary>
internal static class TraceIds
{
    public static void Copy(HttpContext context, ActiveRecording to)
    {
        Activity? activity = context.Features.Get<IHttpActivityFeature>()?.Activity ?? Activity.Current;
        if (activity is { IdFormat: ActivityIdFormat.W3C })
        {
            to.TraceId = activity.TraceId.ToHexString();
            to.SpanId = activity.SpanId.ToHexString();
            to.ParentSpanId = activity.ParentSpanId == default ? null : activity.ParentSpanId.ToHexString();
            return;
        }

        if (context.Request.Headers.TraceParent is [{ } header])
        {
            Parse(header, to);
        }
    }

    // 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
    private static void Parse(string header, ActiveRecording to)
    {
        if (header.Length < 55 || header[2] != '-' || header[35] != '-' || header[52] != '-' || header.StartsWith("ff", StringComparison.Ordinal)
            || (header.Length > 55 && (header.StartsWith("00", StringComparison.Ordinal) || header[55] != '-')))
        {
            return;
        }

        ReadOnlySpan<char> trace = header.AsSpan(3, 32);
        ReadOnlySpan<char> span = header.AsSpan(36, 16);
        if (IsId(trace) && IsId(span))
        {
            to.TraceId = trace.ToString();
            to.ParentSpanId = span.ToString();
        }
    }

    private static bool IsId(ReadOnlySpan<char> id)
    {
        foreach (char c in id)
        {
            if (!char.IsAsciiHexDigitLower(c))
            {
                return false;
            }
        }

        return id.ContainsAnyExcept('0');
    }
}
