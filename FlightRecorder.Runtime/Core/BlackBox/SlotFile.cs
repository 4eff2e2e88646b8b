using System.Runtime.InteropServices;
using System.Text;

namespace FlightRecorder;

/// <summary>
/// The requests in the air of this run, in a mapped file that outlives the process. A slot is taken when a recording begins and
/// given back when it is not kept, or when its line was written. All without a lock and without memory of its own.
/// </summary>
internal sealed class SlotFile
{
    private const int BeatMilliseconds = 1000;

    private readonly SlotMemory _memory;
    private readonly SlotStack _free = new(SlotLayout.Slots);
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    // Under the gate: how many slots came back since the file was closed.
    private int _returned;
    private bool _isUnmapped;
    private bool _isClosed;
    private long _missed;
    private long _lastBeat;

    private SlotFile(SlotMemory memory, TimeProvider time)
    {
        _memory = memory;
        _time = time;
    }

    public string Path => _memory.Path;

    /// <summary>Recordings that found all slots taken.</summary>
    public long Missed => Interlocked.Read(ref _missed);

    /// <param name="path">The file to make.</param>
    /// <param name="run">The run.</param>
    /// <param name="app">What its lines say of the app: <c>,"app":{…},"tags":{…}</c>; without the tags where they are too long.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">It cannot be made, and is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static SlotFile Create(string path, RunInfo run, ReadOnlySpan<byte> app, TimeProvider time)
    {
        SlotMemory memory = SlotMemory.Create(path);
        app = app.Length <= SlotLayout.MaxApp ? app : [];
        app.CopyTo(memory.App);
        ref SlotHeader header = ref memory.Header;
        header.SlotBytes = SlotLayout.SlotBytes;
        header.Slots = SlotLayout.Slots;
        header.AppLength = app.Length;
        header.StartedTicks = run.StartedAt.UtcTicks;
        header.LastAliveTicks = time.GetUtcNow().UtcTicks;
        Encoding.ASCII.GetBytes(run.Id, header.Run);
        Volatile.Write(ref header.Magic, SlotLayout.Magic);
        return new SlotFile(memory, time);
    }

    /// <summary>Takes a slot for a recording whose facts are set; negative when there is none.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="endpoint">Its names, of <see cref="SlotText"/>.</param>
    public int Begin(ActiveRecording recording, ReadOnlySpan<byte> endpoint)
    {
        int slot = _free.Pop();
        if (slot < 0)
        {
            Interlocked.Increment(ref _missed);
            return slot;
        }

        ref SlotHead head = ref _memory.Head(slot);
        head.Kind = (byte)recording.Kind;
        head.MethodLength = (byte)Narrow(recording.Method, _memory.Part(slot, SlotLayout.MethodAt, SlotLayout.MaxMethod));
        head.TraceLength = (byte)Narrow(recording.TraceId, _memory.Part(slot, SlotLayout.TraceAt, SlotLayout.MaxTrace));
        head.EndpointLength = (ushort)endpoint.Length;
        endpoint.CopyTo(_memory.Part(slot, SlotLayout.EndpointAt, SlotLayout.MaxEndpoint));
        head.PathLength = 0;
        head.Steps = 0;
        head.StartedTicks = recording.StartedAt.UtcTicks;
        head.Id = recording.Id;
        head.Sequence = 0;
        Volatile.Write(ref head.State, SlotState.InTheAir);
        return slot;
    }

    /// <summary>Adds the path, once the route values are known.</summary>
    public void SetPath(int slot, SlotPath path, List<NameValues> values)
    {
        int length = path.Write(values, _memory.Part(slot, SlotLayout.PathAt, SlotLayout.MaxPath));
        Volatile.Write(ref _memory.Head(slot).PathLength, (ushort)length);
    }

    /// <summary>Adds a step; the recording's lock is held. The oldest makes room.</summary>
    public void AddStep(int slot, SlotStepKind kind, long atUs, ReadOnlySpan<byte> text)
    {
        ref SlotHead head = ref _memory.Head(slot);
        Span<byte> step = Step(slot, head.Steps);
        MemoryMarshal.Write(step, (uint)Math.Clamp(atUs, 0, uint.MaxValue));
        text.CopyTo(step[SlotLayout.StepTextAt..]);
        step[4] = (byte)kind;
        step[5] = (byte)text.Length;
        Volatile.Write(ref head.Steps, head.Steps + 1);
    }

    /// <summary>A statement has ended; the recording's lock is held. One that was not seen to begin, or has left the ring, is added.</summary>
    public void EndStatement(int slot, SlotStepKind kind, long atUs, ReadOnlySpan<byte> text)
    {
        int steps = _memory.Head(slot).Steps;
        for (int i = steps - 1; i >= 0 && i > steps - SlotLayout.StepCount; i--)
        {
            Span<byte> step = Step(slot, i);
            if (step[4] == (byte)SlotStepKind.Running && step.Slice(SlotLayout.StepTextAt, step[5]).SequenceEqual(text))
            {
                step[4] = (byte)kind;
                return;
            }
        }

        AddStep(slot, kind, atUs, text);
    }

    /// <summary>The recording has ended, and is about to become the line of this number.</summary>
    public void End(int slot, long sequence)
    {
        ref SlotHead head = ref _memory.Head(slot);
        head.Sequence = sequence;
        Volatile.Write(ref head.State, SlotState.Ended);
        _memory.Header.LastSequence = sequence;
    }

    /// <summary>Gives a slot back, which nobody may use any more.</summary>
    public void Release(int slot)
    {
        ref int state = ref _memory.Head(slot).State;
        if (state == SlotState.Free)
        {
            return;
        }

        Volatile.Write(ref state, SlotState.Free);
        _free.Push(slot);
        if (Volatile.Read(ref _isClosed))
        {
            Collect();
        }
    }

    /// <summary>Notes that the run is alive, at most once a second.</summary>
    public void Beat()
    {
        long now = Environment.TickCount64;
        if (now - _lastBeat < BeatMilliseconds)
        {
            return;
        }

        _lastBeat = now;
        lock (_gate)
        {
            if (!_isUnmapped)
            {
                _memory.Header.Missed = Missed;
                _memory.Header.LastAliveTicks = _time.GetUtcNow().UtcTicks;
            }
        }
    }

    /// <summary>
    /// Ends the file with the run. While recordings still have slots it stays mapped, since they write there; what they leave is
    /// found at the next start.
    /// </summary>
    public void Close()
    {
        Volatile.Write(ref _isClosed, true);
        Collect();
    }

    private Span<byte> Step(int slot, int number)
        => _memory.Part(slot, SlotLayout.StepsAt + (number % SlotLayout.StepCount * SlotLayout.StepBytes), SlotLayout.StepBytes);

    // Takes the free slots out of circulation; with the last one nobody can touch the memory any more.
    private void Collect()
    {
        lock (_gate)
        {
            while (_free.Pop() >= 0)
            {
                _returned++;
            }

            if (_returned == SlotLayout.Slots && !_isUnmapped)
            {
                _isUnmapped = true;
                Leave();
            }
        }
    }

    private void Leave()
    {
        try
        {
            _memory.Header.IsClean = 1;
            _memory.Delete();
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            // It says that the run ended in order: the next start takes it away.
            _memory.Dispose();
        }
    }

    private static int Narrow(string? text, Span<byte> to)
    {
        Ascii.FromUtf16(text.AsSpan(0, Math.Min(text?.Length ?? 0, to.Length)), to, out int written);
        return written;
    }
}
