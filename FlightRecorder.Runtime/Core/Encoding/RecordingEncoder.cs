using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>Turns a closed recording into its redacted journal line. Safe for concurrent calls; each borrows an encoder of its own.</summary>
internal sealed class RecordingEncoder(FlightRecorderOptions options, RunInfo run)
{
    private const int MaxIdle = 64;

    // Of a line, what is not its bodies; nearly always less than twice as much.
    private const int HeadBytes = 1024;

    private readonly LineHead _head = new(options, run);
    private readonly Stack<LineEncoder> _idle = new();
    private RedactionRules? _rules;

    // The one used last, without the lock.
    private LineEncoder? _last;

    /// <summary>Makes the prompt of a finished line; asked only with <see cref="FlightRecorderOptions.StorePrompt"/>.</summary>
    public Func<ReadOnlyMemory<byte>, string?>? PromptOf { get; set; }

    /// <summary>Hears of each part that could not be redacted and was left out.</summary>
    public Action<Exception>? PartFailed { get; set; }

    /// <summary>The rules as they are now: names may be added while running, and assemblies may load late.</summary>
    public RedactionRules Rules
    {
        get
        {
            RedactionRules? rules = Volatile.Read(ref _rules);
            if (rules is null || rules.IsStale)
            {
                rules = new RedactionRules(options.Redaction, GeneratedCode.Assemblies);
                Volatile.Write(ref _rules, rules);
            }

            return rules;
        }
    }

    /// <summary>Hands the line to the queue, which copies it from this encoder's buffer.</summary>
    public void EncodeInto(RecordingQueue queue, ActiveRecording recording, long sequence, bool isPrecious = false)
    {
        LineEncoder encoder = Rent();
        try
        {
            queue.Expect(HeadBytes + recording.RequestBody.Buffer.Length + recording.ResponseBody.Buffer.Length);
            Write(encoder, recording, sequence);
            queue.Enqueue(recording.Id, sequence, encoder.Line.Written, isPrecious, recording.TakeSlot());
        }
        finally
        {
            Return(encoder);
        }
    }

    /// <summary>The line in memory of its own.</summary>
    public EncodedRecording Encode(ActiveRecording recording, long sequence)
    {
        LineEncoder encoder = Rent();
        try
        {
            Write(encoder, recording, sequence);
            return new EncodedRecording { Id = recording.Id, Sequence = sequence, Line = encoder.Line.Written.ToArray() };
        }
        finally
        {
            Return(encoder);
        }
    }

    /// <summary>Hides in the texts of an error what a closed recording hides.</summary>
    public void Scrub(ActiveRecording recording, CrashTexts texts)
    {
        LineEncoder encoder = Rent();
        try
        {
            encoder.Learn(recording, Rules);
            texts.Scrub(encoder);
        }
        finally
        {
            Return(encoder);
        }
    }

    private void Write(LineEncoder encoder, ActiveRecording recording, long sequence)
    {
        Func<ReadOnlyMemory<byte>, string?>? promptOf = options.StorePrompt ? PromptOf : null;
        Exception? fault = encoder.Write(recording, sequence, Rules, options.MaxRecordBytes, promptOf);
        if (fault is not null)
        {
            PartFailed?.Invoke(fault);
        }

        encoder.Line.Byte((byte)'\n');
    }

    private LineEncoder Rent()
    {
        if (Interlocked.Exchange(ref _last, null) is { } last)
        {
            return last;
        }

        lock (_idle)
        {
            if (_idle.TryPop(out LineEncoder? encoder))
            {
                return encoder;
            }
        }

        return new LineEncoder(_head);
    }

    private void Return(LineEncoder encoder)
    {
        encoder.Clear();
        if (Interlocked.CompareExchange(ref _last, encoder, null) is null)
        {
            return;
        }

        lock (_idle)
        {
            if (_idle.Count < MaxIdle)
            {
                _idle.Push(encoder);
            }
        }
    }
}
