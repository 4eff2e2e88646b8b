using System.Diagnostics;
using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>
/// A recording while it is made. Pooled: whoever is not its owner reaches it through an <see cref="AmbientRecording"/>,
/// whose generation goes stale when the recording ends, so that a late writer writes nothing.
/// </summary>
/// <remarks>The owner (the middleware, or an operation) alone sets the facts; entries come from any thread, under the lock.</remarks>
internal sealed partial class ActiveRecording(Recorder recorder)
{
    private const int MaxTimeline = 1000;
    private const int MaxMutations = 1000;
    private const int MaxErrors = 20;
    private const int MaxGaps = 50;

    private readonly Lock _gate = new();
    private int _generation;
    private long _startTimestamp;
    private EntryList<TimelineEntry> _timeline = new(MaxTimeline);
    private EntryList<MutationEntry> _mutations = new(MaxMutations);
    private EntryList<ErrorEntry> _errors = new(MaxErrors);
    private EntryList<GapEntry> _gaps = new(MaxGaps);

    // An entry may begin before one appended earlier: that of a command is appended at its end, with the time of its beginning.
    private long _latestAtUs;
    private bool _isOutOfOrder;
    private int _leftOut;

    public Recorder Recorder { get; } = recorder;

    // -- Identity; set by Open.
    public Guid Id { get; private set; }

    public RecordingKind Kind { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>Goes up when the recording is opened and when it is closed: odd while open.</summary>
    public int Generation => _generation;

    // -- Facts; set by the owner.
    public HandlerPlan? Plan { get; set; }

    /// <summary>The handler's or operation's name where there is no plan.</summary>
    public string Name { get; set; } = "";

    public string Method { get; set; } = "";

    /// <summary>The raw path; written with redacted route values.</summary>
    public string Path { get; set; } = "";

    public string? Route { get; set; }

    public string? RequestId { get; set; }

    public string? TraceId { get; set; }

    public string? SpanId { get; set; }

    public string? ParentSpanId { get; set; }

    public string? Parent { get; set; }

    /// <summary>The recording that this one was begun inside of, in the same process; it may have ended.</summary>
    public AmbientRecording? Outer { get; set; }

    public RequestActor? Actor { get; set; }

    /// <summary>Its slot in the black box; negative while it has none. Set before anybody else has a handle.</summary>
    public int Slot { get; set; } = -1;

    public int Status { get; set; }

    public RecordingOutcome Outcome { get; set; }

    public Triggers Trigger { get; set; }

    public long DurationUs { get; private set; }

    /// <summary>When it was closed, by <see cref="Stopwatch"/>: what follows is the recorder's own time.</summary>
    public long ClosedTimestamp { get; private set; }

    public List<NameValues> Query { get; } = [];

    public List<NameValues> Params { get; } = [];

    public List<NameValues> RequestHeaders { get; } = [];

    public List<NameValues> ResponseHeaders { get; } = [];

    /// <summary>Secret headers that are not listed: never written, but their values are looked for in all that is.</summary>
    public List<NameValues> UnlistedHeaders { get; } = [];

    public CapturedBody RequestBody { get; } = new();

    public CapturedBody ResponseBody { get; } = new();

    // -- Entries. Read by the owner after Close, when nobody can append any more; the timeline is then in order of time.
    public ReadOnlySpan<TimelineEntry> Timeline => _timeline.Items;

    public ReadOnlySpan<MutationEntry> Mutations => _mutations.Items;

    public ReadOnlySpan<ErrorEntry> Errors => _errors.Items;

    public ReadOnlySpan<GapEntry> Gaps => _gaps.Items;

    /// <summary>The transactions of the mutations; used under <see cref="Update"/> only.</summary>
    public Ledger Ledger { get; } = new();

    public long ElapsedUs => (long)Stopwatch.GetElapsedTime(_startTimestamp).TotalMicroseconds;

    /// <summary>Whether somebody asked for this recording to be kept, and why.</summary>
    public string? KeepReason { get; private set; }

    public AmbientRecording Handle => new(this, Generation);

    public void Open(RecordingKind kind, DateTimeOffset now) => Open(kind, now, Stopwatch.GetTimestamp());

    /// <summary>Begins.</summary>
    /// <param name="kind">What is recorded.</param>
    /// <param name="now">The time.</param>
    /// <param name="timestamp">The same by <see cref="Stopwatch"/>.</param>
    public void Open(RecordingKind kind, DateTimeOffset now, long timestamp)
    {
        Id = RecordingId.New(now);
        Kind = kind;
        StartedAt = now;
        _startTimestamp = timestamp;
        Outcome = RecordingOutcome.Completed;

        // No lock: nobody has a handle of this generation yet.
        Volatile.Write(ref _generation, _generation + 1);
    }

    /// <summary>Ends the appending. What arrives later is counted and dropped.</summary>
    /// <returns>False when a crash has taken it: it is no business of its owner any more.</returns>
    public bool Close()
    {
        ClosedTimestamp = Stopwatch.GetTimestamp();
        DurationUs = (long)Stopwatch.GetElapsedTime(_startTimestamp, ClosedTimestamp).TotalMicroseconds;
        lock (_gate)
        {
            if (_isTaken)
            {
                return false;
            }

            _generation++;
            Complete();
        }

        return true;
    }

    /// <summary>Hands the slot over to who gives it back.</summary>
    public int TakeSlot()
    {
        int slot = Slot;
        Slot = -1;
        return slot;
    }

    public bool IsOpen(int generation) => Volatile.Read(ref _generation) == generation;

    /// <summary>A statement goes out: for the slot, which may be all that is left of it. Its entry follows when it has ended.</summary>
    public void Starting(int generation, string sql)
    {
        if (Slot < 0)
        {
            return;
        }

        lock (_gate)
        {
            if (generation == Generation && Slot >= 0)
            {
                Recorder.Slots!.StartStatement(Slot, ElapsedUs, sql);
            }
        }
    }

    public bool Append(int generation, TimelineEntry entry)
    {
        lock (_gate)
        {
            if (!Accepts(generation))
            {
                return false;
            }

            entry.AtUs = entry.AtUs < 0 ? ElapsedUs : entry.AtUs;
            return AddStep(entry);
        }
    }

    /// <summary>Appends a mutation and its timeline entry.</summary>
    public bool Append(int generation, MutationEntry mutation)
    {
        lock (_gate)
        {
            if (!Accepts(generation))
            {
                return false;
            }

            mutation.AtUs = mutation.AtUs < 0 ? ElapsedUs : mutation.AtUs;
            AddStep(new TimelineEntry
            {
                Type = TimelineTypes.Mutation,
                AtUs = mutation.AtUs,
                Detail = mutation.Operation + " " + (mutation.Model ?? mutation.Table),
                Location = mutation.Location,
                Rows = mutation.Rows,
            });
            return _mutations.Add(mutation);
        }
    }

    /// <summary>Appends an exception and its timeline entry; the same exception object only once, where unhandled wins.</summary>
    public bool Append(int generation, Exception exception, bool handled)
    {
        lock (_gate)
        {
            return Accepts(generation) && AppendError(exception, handled);
        }
    }

    /// <summary>Appends a gap; the same one only once.</summary>
    public bool Append(int generation, GapEntry gap)
    {
        lock (_gate)
        {
            return Accepts(generation) && (_gaps.Items.Contains(gap) || _gaps.Add(gap));
        }
    }

    /// <summary>A mutation beyond what an adapter may add; counted in a gap. Used under <see cref="Update"/> only.</summary>
    public void LeaveOutMutation() => _leftOut++;

    /// <summary>Runs a change of entries appended earlier (a mutation's outcome) unless the recording has ended.</summary>
    public bool Update<TState>(int generation, TState state, Action<TState> change)
    {
        lock (_gate)
        {
            if (!Accepts(generation))
            {
                return false;
            }

            change(state);
            return true;
        }
    }

    public bool Keep(int generation, string reason)
    {
        lock (_gate)
        {
            if (!Accepts(generation))
            {
                return false;
            }

            KeepReason ??= reason;
            return true;
        }
    }

    /// <summary>Forgets everything, for the next use.</summary>
    public void Clear()
    {
        Plan = null;
        Name = Method = Path = "";
        Route = RequestId = TraceId = SpanId = ParentSpanId = Parent = KeepReason = null;
        Actor = null;
        Outer = null;
        Status = 0;
        Trigger = Triggers.None;
        Query.Clear();
        Params.Clear();
        RequestHeaders.Clear();
        ResponseHeaders.Clear();
        UnlistedHeaders.Clear();
        RequestBody.Clear();
        ResponseBody.Clear();
        _timeline.Clear();
        _latestAtUs = 0;
        _isOutOfOrder = false;
        _mutations.Clear();
        _leftOut = 0;
        _errors.Clear();
        _gaps.Clear();
        Ledger.Clear();
        NotKept = NotKeptReason.NoTrigger;
        _isAnnounced = _hasParams = false;
    }

    private void Complete()
    {
        if (_isOutOfOrder)
        {
            TimelineOrder.Restore(_timeline.AsSpan());
        }

        NoteDropped("timeline", _timeline.Dropped);
        NoteDropped("mutations", _mutations.Dropped + _leftOut);
        NoteDropped("errors", _errors.Dropped);
    }

    private bool AppendError(Exception exception, bool handled)
    {
        for (int i = 0; i < _errors.Count; i++)
        {
            if (ReferenceEquals(_errors[i].Exception, exception))
            {
                _errors[i] = _errors[i] with { Handled = _errors[i].Handled && handled };
                return true;
            }
        }

        long at = ElapsedUs;
        AddStep(new TimelineEntry { Type = TimelineTypes.Error, AtUs = at, Detail = ExceptionText.Name(exception), Error = exception.Message });
        return _errors.Add(new ErrorEntry(at, exception, handled));
    }

    private bool AddStep(in TimelineEntry entry)
    {
        if (entry.AtUs < _latestAtUs)
        {
            _isOutOfOrder = true;
        }
        else
        {
            _latestAtUs = entry.AtUs;
        }

        if (Slot >= 0)
        {
            Recorder.Slots!.AddStep(Slot, entry);
        }

        return _timeline.Add(entry);
    }

    private bool Accepts(int generation)
    {
        if (generation == Generation && !_isTaken)
        {
            return true;
        }

        Recorder.Counters.CountLateWrite();
        return false;
    }

    private void NoteDropped(string what, int count)
    {
        if (count > 0)
        {
            _gaps.Add(new GapEntry(what, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{count} more did not fit")));
        }
    }
}
