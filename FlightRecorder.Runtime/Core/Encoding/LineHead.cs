using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>The beginning of each line, up to the endpoint; what never changes is encoded once.</summary>
internal sealed class LineHead
{
    private readonly byte[] _run;
    private readonly byte[] _app;

    public LineHead(FlightRecorderOptions options, RunInfo run)
    {
        var text = new LineBuffer(512);
        text.Raw("{\"v\":1,\"run\":"u8);
        text.Text(run.Id);
        text.Raw(",\"seq\":"u8);
        _run = text.Written.ToArray();
        _app = AppOf(options);
    }

    /// <summary>What each line says of the app: <c>,"app":{…},"tags":{…}</c>.</summary>
    public static byte[] AppOf(FlightRecorderOptions options)
    {
        var text = new LineBuffer(512);
        WriteApp(text, options);
        return text.Written.ToArray();
    }

    // {"v":1,"run":"…","seq":17,"kind":"request","id":"…","ts":"…Z","durationUs":1834,"outcome":"completed","trigger":["error"],"app":{…},"tags":{…},
    public void Write(LineBuffer line, LeafWriter leaf, ActiveRecording recording, long sequence, RedactionRules rules)
    {
        line.Raw(_run);
        line.Number(sequence);
        line.Raw(",\"kind\":"u8);
        line.Raw(LineWords.Of(recording.Kind));
        line.Raw(",\"id\":\""u8);
        line.Unquoted(recording.Id, "D");
        line.Raw("\",\"ts\":"u8);
        line.Time(recording.StartedAt);
        line.Raw(",\"durationUs\":"u8);
        line.Number(recording.DurationUs);
        line.Raw(",\"outcome\":"u8);
        line.Raw(LineWords.Of(recording.Outcome));
        WriteTrigger(line, recording.Trigger);
        line.Raw(_app);
        leaf.Optional("traceId"u8, recording.TraceId);
        leaf.Optional("spanId"u8, recording.SpanId);
        leaf.Optional("parentSpanId"u8, recording.ParentSpanId);
        leaf.Optional("parent"u8, recording.Parent);
        leaf.Optional("requestId"u8, recording.RequestId);
        WriteActor(line, leaf, recording.Actor, rules);
        WriteEndpoint(line, leaf, recording);
    }

    private static void WriteTrigger(LineBuffer line, Triggers triggers)
    {
        line.Member("trigger"u8).Byte((byte)'[');
        for (int left = (int)triggers; left != 0; left &= left - 1)
        {
            line.Separate();
            line.Raw(LineWords.Of((Triggers)(left & -left)));
        }

        line.Byte((byte)']');
    }

    // "actor":{"id":"…","role":"…"}
    private static void WriteActor(LineBuffer line, LeafWriter leaf, RequestActor? actor, RedactionRules rules)
    {
        if (actor is null)
        {
            return;
        }

        line.Member("actor"u8).Byte((byte)'{');
        leaf.Optional("id"u8, actor.Id);
        leaf.Optional("role"u8, actor.Role);
        leaf.Optional("email"u8, actor.Email);
        if (actor.Extra is { Count: > 0 } extra)
        {
            line.Member("extra"u8).Byte((byte)'{');
            foreach ((string name, string value) in extra)
            {
                leaf.Name(name);
                leaf.TextUnlessHidden(value, rules.NamesOnly.Find(name));
            }

            line.Byte((byte)'}');
        }

        line.Byte((byte)'}');
    }

    // "endpoint":{"name":"OrdersController.Create","location":"Shop/Controllers/OrdersController.cs:21"}
    private static void WriteEndpoint(LineBuffer line, LeafWriter leaf, ActiveRecording recording)
    {
        if (recording.Plan is { } plan)
        {
            line.Separate();
            line.Raw(plan.EncodedEndpoint ??= Encoded(plan));
        }
        else if (recording.Name.Length > 0)
        {
            line.Member("endpoint"u8).Byte((byte)'{');
            leaf.Optional("name"u8, recording.Name);
            line.Byte((byte)'}');
        }
    }

    // Fixed at compile time: there is nothing to scrub, and it is encoded once.
    private static byte[] Encoded(HandlerPlan plan)
    {
        var text = new LineBuffer(256);
        text.Member("endpoint"u8).Byte((byte)'{');
        WriteOptional(text, "name"u8, plan.Name);
        WriteOptional(text, "location"u8, plan.Location);
        text.Byte((byte)'}');
        return text.Written.ToArray();
    }

    // ,"app":{"name","version","environment","host","pid"},"tags":{}
    private static void WriteApp(LineBuffer text, FlightRecorderOptions options)
    {
        text.Raw(",\"app\":{"u8);
        WriteOptional(text, "name"u8, options.AppName);
        WriteOptional(text, "version"u8, options.AppVersion);
        WriteOptional(text, "environment"u8, options.Environment);
        WriteOptional(text, "host"u8, System.Environment.MachineName);
        text.Member("pid"u8).Number(System.Environment.ProcessId);
        text.Raw("},\"tags\":{"u8);
        foreach ((string name, string value) in options.Tags)
        {
            text.Separate();
            text.Text(name);
            text.Byte((byte)':');
            text.Text(value);
        }

        text.Byte((byte)'}');
    }

    private static void WriteOptional(LineBuffer text, ReadOnlySpan<byte> member, string? value)
    {
        if (value is not null)
        {
            text.Member(member).Text(value);
        }
    }
}
