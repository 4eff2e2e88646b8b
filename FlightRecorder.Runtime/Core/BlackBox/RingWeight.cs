using System.Runtime.InteropServices;
using Microsoft.Extensions.Primitives;

namespace FlightRecorder;

/// <summary>
/// How many bytes of memory a captured recording takes, rather too many than too few: text that recordings share counts for each.
/// What an exception of the app hangs on to cannot be seen; each counts as <see cref="Exception"/> bytes.
/// </summary>
internal static class RingWeight
{
    // The recording itself with its lists, bodies, ledger and lock.
    private const int Fixed = 1200;
    private const int Text = 24;
    private const int Value = 32;
    private const int Entry = 96;
    private const int Mutation = 256;
    private const int Gap = 16;
    private const int Exception = 4096;

    public static long Of(ActiveRecording recording)
    {
        long bytes = Fixed + recording.RequestBody.Buffer.Capacity + recording.ResponseBody.Buffer.Capacity
            + Of(recording.Path) + Of(recording.RequestId) + Of(recording.TraceId) + Of(recording.SpanId) + Of(recording.ParentSpanId)
            + Of(recording.Query) + Of(recording.Params) + Of(recording.RequestHeaders) + Of(recording.ResponseHeaders) + Of(recording.UnlistedHeaders)
            + recording.EntryCapacity(Entry, Gap);
        if (recording.Actor is { } actor)
        {
            bytes += Of(actor);
        }

        // Few have any of these.
        foreach (ref readonly TimelineEntry entry in recording.Timeline)
        {
            bytes += Of(entry);
        }

        foreach (MutationEntry mutation in recording.Mutations)
        {
            bytes += Of(mutation);
        }

        return bytes + ((long)recording.Errors.Length * Exception);
    }

    private static long Of(string? text) => text is null ? 0 : Text + ((long)text.Length * sizeof(char));

    private static long Of(List<NameValues> values)
    {
        long bytes = values.Capacity * 16L;
        foreach (ref readonly NameValues value in CollectionsMarshal.AsSpan(values))
        {
            bytes += Of(value.Values);
        }

        return bytes;
    }

    // Names are mostly shared ones: of known headers, of a route's parameters.
    private static long Of(StringValues values)
    {
        if (values.Count == 1)
        {
            return Of(values[0]) + Value;
        }

        long bytes = Value;
        foreach (string? value in values)
        {
            bytes += Of(value) + 8;
        }

        return bytes;
    }

    private static long Of(RequestActor actor)
    {
        long bytes = Entry + Of(actor.Id) + Of(actor.Role) + Of(actor.Email);
        foreach ((string name, string value) in actor.Extra ?? new Dictionary<string, string>())
        {
            bytes += Value + Of(name) + Of(value);
        }

        return bytes;
    }

    private static long Of(in TimelineEntry entry)
        => Of(entry.Detail) + Of(entry.Sql) + Of(entry.Location) + Of(entry.Error) + Of(entry.Parameters) + OfValue(entry.Data);

    private static long Of(MutationEntry mutation)
        => Mutation + Of(mutation.Key) + Of(mutation.Parameters) + Of(mutation.Before) + Of(mutation.After) + Of(mutation.Where) + Of(mutation.Sql);

    private static long Of(NamedValue[][]? rows)
    {
        long bytes = 0;
        foreach (NamedValue[] row in rows ?? [])
        {
            bytes += Value + Of(row);
        }

        return bytes;
    }

    private static long Of(NamedValue[]? values)
    {
        long bytes = 0;
        foreach (NamedValue value in values ?? [])
        {
            bytes += Value + OfValue(value.Value);
        }

        return bytes;
    }

    private static long OfValue(object? value) => value switch
    {
        null => 0,
        string text => Of(text),
        JsonFragment fragment => Value + Text + fragment.Utf8.LongLength,
        _ => Value,
    };
}
