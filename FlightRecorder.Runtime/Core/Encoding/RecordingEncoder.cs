using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>Turns a closed recording into its redacted journal line. Safe for concurrent calls; each borrows an encoder of its own.</summary>
internal sealed class RecordingEncoder(FlightRecorderOptions options, RunInfo run)
{
    private const int MaxIdle = 64;

    private readonly LineHead _head = new(options, run);
    private readonly LinePool _lines = new();
    private readonly Stack<LineEncoder> _idle = new();
    private RedactionRules? _rules;

    /// <summary>Makes the prompt of a finished line; asked only with <see cref="FlightRecorderOptions.StorePrompt"/>.</summary>
    public Func<ReadOnlyMemory<byte>, string?>? PromptOf { get; set; }

    /// <summary>Hears of each part that could not be redacted and was left out.</summary>
    public Action<Exception>? PartFailed { get; set; }

    public EncodedRecording Encode(ActiveRecording recording, long sequence)
    {
        LineEncoder encoder = Rent();
        try
        {
            Func<ReadOnlyMemory<byte>, string?>? promptOf = options.StorePrompt ? PromptOf : null;
            Exception? fault = encoder.Write(recording, sequence, Rules(), options.MaxRecordBytes, promptOf);
            if (fault is not null)
            {
                PartFailed?.Invoke(fault);
            }

            return new EncodedRecording { Id = recording.Id, Sequence = sequence, Line = Copied(encoder.Line), Pool = _lines };
        }
        finally
        {
            Return(encoder);
        }
    }

    // With its line feed, in memory of its own size: the encoder's buffer stays hot and its own.
    private ReadOnlyMemory<byte> Copied(LineBuffer line)
    {
        line.Byte((byte)'\n');
        byte[] bytes = _lines.Rent(line.Length);
        line.Written.CopyTo(bytes);
        return bytes.AsMemory(0, line.Length);
    }

    // Names may be added while running, and assemblies may load late.
    private RedactionRules Rules()
    {
        RedactionRules? rules = Volatile.Read(ref _rules);
        if (rules is null || rules.IsStale)
        {
            rules = new RedactionRules(options.Redaction, GeneratedCode.Assemblies);
            Volatile.Write(ref _rules, rules);
        }

        return rules;
    }

    private LineEncoder Rent()
    {
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
        lock (_idle)
        {
            if (_idle.Count < MaxIdle)
            {
                _idle.Push(encoder);
            }
        }
    }
}
