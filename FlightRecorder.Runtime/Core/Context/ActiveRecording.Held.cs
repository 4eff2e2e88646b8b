using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FlightRecorder.CompilerServices;
using Microsoft.Extensions.Primitives;

namespace FlightRecorder;

/// <summary>A closed recording laid flat, so that the ring holds none of its hot buffers and little for the collector to follow.</summary>
internal sealed partial class ActiveRecording
{
    private const int FixedReferences = 15;

    // What is no reference.
    private readonly record struct Facts(
        Guid Id, long StartedTicks, long DurationUs, long ClosedTimestamp, int Status, RecordingKind Kind, RecordingOutcome Outcome, NotKeptReason NotKept, Counts Counts);

    private readonly record struct Counts(int Query, int Params, int RequestHeaders, int ResponseHeaders, int Unlisted, int Timeline, int Mutations, int Errors, int Gaps);

    private readonly record struct BodyFacts(int Length, long TotalBytes, long DeclaredBytes, BodyState State);

    private readonly record struct EntryFacts(long AtUs, int Status, long DurationUs, long Rows);

    private readonly record struct ErrorFacts(long AtUs, bool Handled);

    /// <summary>How many bytes it takes, laid flat.</summary>
    public int FlatBytes
        => Unsafe.SizeOf<Facts>() + (2 * Unsafe.SizeOf<BodyFacts>()) + RequestBody.Buffer.Length + ResponseBody.Buffer.Length
            + (_timeline.Count * Unsafe.SizeOf<EntryFacts>()) + (_errors.Count * Unsafe.SizeOf<ErrorFacts>());

    /// <summary>How many references it takes, laid flat.</summary>
    public int FlatReferences
        => FixedReferences + (2 * (Query.Count + Params.Count + RequestHeaders.Count + ResponseHeaders.Count + UnlistedHeaders.Count))
            + (7 * _timeline.Count) + _mutations.Count + _errors.Count + (2 * _gaps.Count);

    public void WriteFlat(ref HeldWriter page)
    {
        page.Value(new Facts(
            Id, StartedAt.UtcTicks, DurationUs, ClosedTimestamp, Status, Kind, Outcome, NotKept,
            new Counts(
                Query.Count, Params.Count, RequestHeaders.Count, ResponseHeaders.Count, UnlistedHeaders.Count,
                _timeline.Count, _mutations.Count, _errors.Count, _gaps.Count)));
        page.Reference(Plan);
        page.Reference(Name);
        page.Reference(Method);
        page.Reference(Path);
        page.Reference(Route);
        page.Reference(RequestId);
        page.Reference(TraceId);
        page.Reference(SpanId);
        page.Reference(ParentSpanId);
        page.Reference(Parent);
        page.Reference(Actor);
        Write(ref page, RequestBody);
        Write(ref page, ResponseBody);
        Write(ref page, Query);
        Write(ref page, Params);
        Write(ref page, RequestHeaders);
        Write(ref page, ResponseHeaders);
        Write(ref page, UnlistedHeaders);
        WriteEntries(ref page);
    }

    /// <summary>Becomes what was laid flat; for one that nobody has a handle of.</summary>
    public void ReadFlat(ref HeldReader page)
    {
        Facts facts = page.Value<Facts>();
        Id = facts.Id;
        StartedAt = new DateTimeOffset(facts.StartedTicks, TimeSpan.Zero);
        DurationUs = facts.DurationUs;
        ClosedTimestamp = facts.ClosedTimestamp;
        Status = facts.Status;
        Kind = facts.Kind;
        Outcome = facts.Outcome;
        NotKept = facts.NotKept;
        Plan = page.Reference<HandlerPlan>();
        Name = page.Reference<string>()!;
        Method = page.Reference<string>()!;
        Path = page.Reference<string>()!;
        Route = page.Reference<string>();
        RequestId = page.Reference<string>();
        TraceId = page.Reference<string>();
        SpanId = page.Reference<string>();
        ParentSpanId = page.Reference<string>();
        Parent = page.Reference<string>();
        Actor = page.Reference<RequestActor>();
        Read(ref page, RequestBody);
        Read(ref page, ResponseBody);
        Read(ref page, Query, facts.Counts.Query);
        Read(ref page, Params, facts.Counts.Params);
        Read(ref page, RequestHeaders, facts.Counts.RequestHeaders);
        Read(ref page, ResponseHeaders, facts.Counts.ResponseHeaders);
        Read(ref page, UnlistedHeaders, facts.Counts.Unlisted);
        ReadEntries(ref page, facts.Counts);
    }

    private static void Write(ref HeldWriter page, CapturedBody body)
    {
        page.Value(new BodyFacts(body.Buffer.Length, body.Buffer.TotalBytes, body.DeclaredBytes, body.State));
        page.Bytes(body.Buffer.Bytes);
        page.Reference(body.ContentType);
        page.Reference(body.Map);
    }

    private static void Read(ref HeldReader page, CapturedBody body)
    {
        BodyFacts facts = page.Value<BodyFacts>();
        body.Buffer.Restore(page.Bytes(facts.Length), facts.TotalBytes);
        body.DeclaredBytes = facts.DeclaredBytes;
        body.State = facts.State;
        body.ContentType = page.Reference<string>();
        body.Map = page.Reference<RedactionMap>();
    }

    private static void Write(ref HeldWriter page, List<NameValues> values)
    {
        foreach (ref readonly NameValues value in CollectionsMarshal.AsSpan(values))
        {
            page.Reference(value.Name);
            page.Reference(value.Values.Count == 1 ? value.Values[0] : value.Values.ToArray());
        }
    }

    private static void Read(ref HeldReader page, List<NameValues> values, int count)
    {
        for (; count > 0; count--)
        {
            string name = page.Reference<string>()!;
            object? value = page.Reference();
            values.Add(new NameValues(name, value is string[] several ? new StringValues(several) : new StringValues((string?)value)));
        }
    }

    private void WriteEntries(ref HeldWriter page)
    {
        foreach (ref readonly TimelineEntry entry in _timeline.Items)
        {
            page.Value(new EntryFacts(entry.AtUs, entry.Status, entry.DurationUs, entry.Rows));
            page.Reference(entry.Type);
            page.Reference(entry.Detail);
            page.Reference(entry.Sql);
            page.Reference(entry.Parameters);
            page.Reference(entry.Data);
            page.Reference(entry.Location);
            page.Reference(entry.Error);
        }

        foreach (MutationEntry mutation in _mutations.Items)
        {
            page.Reference(mutation);
        }

        foreach (ErrorEntry error in _errors.Items)
        {
            page.Value(new ErrorFacts(error.AtUs, error.Handled));
            page.Reference(error.Exception);
        }

        foreach (GapEntry gap in _gaps.Items)
        {
            page.Reference(gap.What);
            page.Reference(gap.Why);
        }
    }

    private void ReadEntries(ref HeldReader page, in Counts counts)
    {
        for (int i = 0; i < counts.Timeline; i++)
        {
            EntryFacts facts = page.Value<EntryFacts>();
            _timeline.Add(new TimelineEntry
            {
                AtUs = facts.AtUs,
                Status = facts.Status,
                DurationUs = facts.DurationUs,
                Rows = facts.Rows,
                Type = page.Reference<string>()!,
                Detail = page.Reference<string>(),
                Sql = page.Reference<string>(),
                Parameters = page.Reference<NamedValue[]>(),
                Data = page.Reference(),
                Location = page.Reference<string>(),
                Error = page.Reference<string>(),
            });
        }

        for (int i = 0; i < counts.Mutations; i++)
        {
            _mutations.Add(page.Reference<MutationEntry>()!);
        }

        for (int i = 0; i < counts.Errors; i++)
        {
            ErrorFacts facts = page.Value<ErrorFacts>();
            _errors.Add(new ErrorEntry(facts.AtUs, page.Reference<Exception>()!, facts.Handled));
        }

        for (int i = 0; i < counts.Gaps; i++)
        {
            _gaps.Add(new GapEntry(page.Reference<string>()!, page.Reference<string>()!));
        }
    }
}
