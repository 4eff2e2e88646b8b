using System.Globalization;
using System.Text;

namespace FlightRecorder.Testing;

/// <summary>Says why a test did not get its recording.</summary>
internal static class ProbeMessages
{
    private const int MostListed = 20;

    public static string Missing(string what, TimeSpan deadline, IReadOnlyList<Recording> all, int requests, IRecordingSource source)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Within {deadline.TotalSeconds:0.###} s there was no sign of {what}. ");
        text.Append(CultureInfo.InvariantCulture, $"{requests} requests went through the probe, {all.Count} recordings are this test's. ");
        text.Append(source.Describe());
        if (requests == 0)
        {
            text.Append(" Make the client with CreateHandler(), or send NextTraceParent() as traceparent.");
        }
        else if (all.Count == 0)
        {
            text.Append(" Is the endpoint marked with [Record], and does its rule hold for the request?");
        }

        return text.Append(List(all)).ToString();
    }

    public static string List(IReadOnlyList<Recording> recordings)
    {
        var text = new StringBuilder();
        foreach (Recording recording in recordings.Take(MostListed))
        {
            text.Append(CultureInfo.InvariantCulture, $"{Environment.NewLine}  {recording.Id} {Name(recording)}, request id {recording.RequestId ?? "none"}");
        }

        return recordings.Count > MostListed ? text.Append(CultureInfo.InvariantCulture, $"{Environment.NewLine}  and {recordings.Count - MostListed} more").ToString() : text.ToString();
    }

    private static string Name(Recording recording)
        => recording.Request is { } request
            ? string.Create(CultureInfo.InvariantCulture, $"{request.Method} {request.Path} → {recording.Response?.Status}")
            : $"{recording.Kind} {recording.Endpoint?.Name}";
}
