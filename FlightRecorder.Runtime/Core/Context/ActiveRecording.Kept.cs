namespace FlightRecorder;

/// <summary>What becomes of a recording after its end, and of one that never comes to its end.</summary>
internal sealed partial class ActiveRecording
{
    private bool _isAnnounced;
    private bool _hasParams;
    private int _unlistedHeaders;

    // Under the lock; for good, since the process is dying.
    private bool _isTaken;

    /// <summary>The next newer one in the ring.</summary>
    public ActiveRecording? NextHeld { get; set; }

    /// <summary>What it weighs in the ring.</summary>
    public long HeldBytes { get; set; }

    /// <summary>Why nothing asked for it.</summary>
    public NotKeptReason NotKept { get; set; }

    /// <summary>The owner says that the facts of the beginning are there and that it is wanted: from here on a crash may tell it.</summary>
    public void Announce()
    {
        _unlistedHeaders = UnlistedHeaders.Count;
        Volatile.Write(ref _isAnnounced, true);
    }

    /// <summary>The owner says that the route values are there.</summary>
    public void AnnounceParams() => Volatile.Write(ref _hasParams, true);

    /// <summary>The memory of the lists of entries.</summary>
    public long EntryCapacity(int bytesOfEntry, int bytesOfGap)
        => ((long)_timeline.Capacity * bytesOfEntry) + ((long)(_mutations.Capacity + _errors.Capacity) * 24) + ((long)_gaps.Capacity * bytesOfGap);

    /// <summary>Notes on a closed recording why it is kept after all.</summary>
    public void NoteKept(Triggers trigger, string reason)
    {
        Trigger = trigger;
        KeepReason = reason;
        _timeline.Add(new TimelineEntry { Type = TimelineTypes.Mark, AtUs = DurationUs, Detail = "keep", Data = reason });
    }

    /// <summary>Notes a gap on a closed recording.</summary>
    public void NoteGap(GapEntry gap) => _gaps.Add(gap);

    /// <summary>Takes the recording from its owner, for good: appends are refused from here on, and its end is nobody's.</summary>
    /// <returns>A closed copy, unfinished; null when it is not open, not wanted, or held up.</returns>
    public ActiveRecording? Take()
    {
        if (!Volatile.Read(ref _isAnnounced) || !_gate.TryEnter(TimeSpan.FromMilliseconds(10)))
        {
            return null;
        }

        try
        {
            if (_isTaken || _generation % 2 == 0 || !_isAnnounced)
            {
                return null;
            }

            _isTaken = true;
            _generation++;
            return Copy();
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Notes on a closed copy the exception that it died of.</summary>
    public void NoteFatal(Exception error)
    {
        Outcome = RecordingOutcome.Failed;
        AppendError(error, handled: false);
    }

    // The owner may still be at work: only what it does not touch any more is copied, and bodies are looked at twice.
    private ActiveRecording Copy()
    {
        var copy = new ActiveRecording(Recorder)
        {
            Id = Id,
            Kind = Kind,
            StartedAt = StartedAt,
            _startTimestamp = _startTimestamp,
            Plan = Plan,
            Name = Name,
            Method = Method,
            Path = Path,
            Route = Route,
            RequestId = RequestId,
            TraceId = TraceId,
            SpanId = SpanId,
            ParentSpanId = ParentSpanId,
            Parent = Parent,
            Outcome = RecordingOutcome.Unfinished,
            ClosedTimestamp = System.Diagnostics.Stopwatch.GetTimestamp(),
            DurationUs = ElapsedUs,
        };
        copy.Query.AddRange(Query);
        copy.RequestHeaders.AddRange(RequestHeaders);
        for (int i = 0; i < _unlistedHeaders; i++)
        {
            copy.UnlistedHeaders.Add(UnlistedHeaders[i]);
        }

        CopyParams(copy);
        CopyEntries(copy);
        CopyBodies(copy);
        return copy;
    }

    private void CopyParams(ActiveRecording copy)
    {
        if (Volatile.Read(ref _hasParams))
        {
            copy.Params.AddRange(Params);
        }
        else if (Route is { } route && route.Contains('{', StringComparison.Ordinal))
        {
            // Which part of the path is to be hidden is not known.
            copy.Path = route;
        }
    }

    private void CopyEntries(ActiveRecording copy)
    {
        foreach (ref readonly TimelineEntry entry in _timeline.Items)
        {
            copy._timeline.Add(entry);
        }

        foreach (MutationEntry mutation in _mutations.Items)
        {
            copy._mutations.Add(mutation);
        }

        foreach (ErrorEntry error in _errors.Items)
        {
            copy._errors.Add(error);
        }

        foreach (GapEntry gap in _gaps.Items)
        {
            copy._gaps.Add(gap);
        }

        copy._isOutOfOrder = _isOutOfOrder;
        copy.Complete();
    }

    private void CopyBodies(ActiveRecording copy)
    {
        CapturedBody body = copy.RequestBody;
        body.ContentType = RequestBody.ContentType;
        body.Map = RequestBody.Map;
        body.DeclaredBytes = RequestBody.DeclaredBytes;
        bool isCopied = RequestBody.Buffer.TryCopyTo(body.Buffer) || RequestBody.Buffer.TryCopyTo(body.Buffer);
        body.State = RequestBody.State == BodyState.None ? BodyState.None
            : !isCopied || body.Buffer.TotalBytes == 0 ? BodyState.Skipped
            : body.Buffer.IsTruncated ? BodyState.Truncated
            : body.Buffer.TotalBytes == body.DeclaredBytes ? BodyState.Complete
            : BodyState.Partial;

        // What it is of is not known before its end, so it cannot be redacted.
        copy.ResponseBody.State = BodyState.Skipped;
        if (Kind == RecordingKind.Request)
        {
            copy._gaps.Add(new GapEntry("response", "the process crashed"));
        }
    }
}
