using System.Buffers;

namespace FlightRecorder.AspNetCore;

/// <summary>
/// Where the bytes of one body go while it passes by. Pooled with its request; writers reach it through a <see cref="BodyTap"/>
/// of one generation, so that a task that outlives its request writes nothing into the next one. It never throws.
/// </summary>
internal sealed class BodySink(string what)
{
    // Held for the copy of one write, and waited for only by a task that outlived its request.
    private SpinLock _gate = new(enableThreadOwnerTracking: false);
    private ActiveRecording? _recording;
    private CapturedBody? _body;
    private int _generation;

    /// <summary>Whether a failure of ours ended the capture.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Opens the sink for a body of a recording.</summary>
    public BodyTap Open(ActiveRecording recording, CapturedBody body, int limit)
    {
        // No lock: nobody has a tap of this generation yet, and older ones look no further than at the generation.
        HasFailed = false;
        body.Buffer.Start(limit);
        _recording = recording;
        _body = body;
        int generation = _generation + 1;
        Volatile.Write(ref _generation, generation);
        return new BodyTap(this, generation);
    }

    /// <summary>Closes it: after this nobody touches the body but its owner.</summary>
    public void Close()
    {
        bool entered = false;
        _gate.Enter(ref entered);
        _generation++;
        _recording = null;
        _body = null;
        Leave();
    }

    public void Append(int generation, ReadOnlySpan<byte> bytes)
    {
        if (!TryEnter(generation))
        {
            return;
        }

        try
        {
            _body!.Buffer.Append(bytes);
        }
        catch (Exception error)
        {
            Fail(error);
        }
        finally
        {
            Leave();
        }
    }

    public void Append(int generation, in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
        {
            Append(generation, bytes.FirstSpan);
            return;
        }

        foreach (ReadOnlyMemory<byte> segment in bytes)
        {
            Append(generation, segment.Span);
        }
    }

    /// <summary>Counts bytes that are not kept.</summary>
    public void Skip(int generation, long bytes)
    {
        if (TryEnter(generation))
        {
            _body!.Buffer.Skip(bytes);
            Leave();
        }
    }

    /// <summary>Forgets what was kept and goes on counting.</summary>
    public void KeepNothing(int generation)
    {
        if (TryEnter(generation))
        {
            long passed = _body!.Buffer.TotalBytes;
            _body.Buffer.Clear();
            _body.Buffer.Skip(passed);
            Leave();
        }
    }

    /// <summary>Ends the capture of this body after a failure of ours.</summary>
    public void Fail(int generation, Exception error)
    {
        if (!TryEnter(generation))
        {
            return;
        }

        try
        {
            Fail(error);
        }
        finally
        {
            Leave();
        }
    }

    // False, and not entered, when the generation has passed.
    private bool TryEnter(int generation)
    {
        bool entered = false;
        _gate.Enter(ref entered);
        if (generation == _generation)
        {
            return true;
        }

        Leave();
        return false;
    }

    private void Leave() => _gate.Exit(useMemoryBarrier: false);

    private void Fail(Exception error)
    {
        HasFailed = true;
        _generation++;
        _recording!.Recorder.Guard.Report(what, error);
        _recording.Handle.Append(new GapEntry(what, "the recorder failed: " + error.GetType().Name));
        _body!.Buffer.Clear();
        _body.State = BodyState.Skipped;
    }
}

/// <summary>The right to write one body; goes stale when its request ends.</summary>
internal readonly struct BodyTap(BodySink sink, int generation)
{
    public BodySink Sink => sink;

    public int Generation => generation;

    public void Append(ReadOnlySpan<byte> bytes) => sink.Append(generation, bytes);

    public void Append(in ReadOnlySequence<byte> bytes) => sink.Append(generation, in bytes);

    public void Skip(long bytes) => sink.Skip(generation, bytes);

    public void KeepNothing() => sink.KeepNothing(generation);

    public void Fail(Exception error) => sink.Fail(generation, error);
}
