namespace FlightRecorder;

/// <summary>
/// Finished requests that nothing asked for yet, as they were captured: they stay until their memory is needed for newer ones, or until
/// a dump takes them. They lie flat in pages, which are let go of whole, the oldest first, and used again; the recordings
/// themselves serve the next requests while their buffers are hot.
/// </summary>
internal sealed class Ring(long maxBytes)
{
    private const int MostPageBytes = 128 * 1024;
    private const int LeastPageBytes = 4 * 1024;
    private const int PagesPerRing = 32;
    private const int BytesPerReference = 32;

    private readonly Lock _gate = new();
    private readonly int _pageBytes = (int)Math.Clamp(maxBytes / PagesPerRing, LeastPageBytes, MostPageBytes);
    private RingPage? _oldest;
    private RingPage? _newest;
    private RingPage? _spare;

    // Of all pages, those that a dump has taken among them.
    private long _bytes;
    private int _held;
    private bool _isClosed;

    private int PageReferences => _pageBytes / BytesPerReference;

    /// <summary>The bytes of all that is here or is being written.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>How many recordings are here or are being written.</summary>
    public int Count => Volatile.Read(ref _held);

    /// <summary>Copies a closed recording. What it takes the place of is counted as not kept, perhaps itself.</summary>
    public void Add(ActiveRecording recording, RecorderCounters counters)
    {
        int bytes = recording.FlatBytes;
        int references = recording.FlatReferences;
        long weight = RingWeight.Of(recording);
        lock (_gate)
        {
            if (!_isClosed && PageFor(bytes, references, counters) is { } page)
            {
                page.Add(recording, weight);
                _bytes += weight;
                Interlocked.Increment(ref _held);
                while (_bytes > maxBytes && _oldest is not null)
                {
                    Evict(counters);
                }

                return;
            }
        }

        counters.CountNotKept(recording.NotKept);
    }

    /// <summary>Hands out all pages, linked, oldest first; each is to be given back with <see cref="Return"/>.</summary>
    public RingPage? TakeAll(out int count)
    {
        lock (_gate)
        {
            RingPage? first = _oldest;
            count = 0;
            for (RingPage? page = first; page is not null; page = page.Next)
            {
                count += page.Count;
            }

            _oldest = _newest = null;
            return first;
        }
    }

    /// <summary>One recording of a page that was taken has been read and is settled.</summary>
    public void Settle() => Interlocked.Decrement(ref _held);

    /// <summary>Takes back a page of which all was read.</summary>
    public void Return(RingPage page)
    {
        lock (_gate)
        {
            LetGo(page);
        }
    }

    /// <summary>Takes nothing in any more; what is held counts as not kept.</summary>
    public void Close(RecorderCounters counters)
    {
        lock (_gate)
        {
            _isClosed = true;
            while (_oldest is not null)
            {
                Evict(counters);
            }

            _spare = null;
        }
    }

    private RingPage? PageFor(int bytes, int references, RecorderCounters counters)
    {
        if (_newest is { } newest && newest.HasRoomFor(bytes, references))
        {
            return newest;
        }

        bool isUsual = bytes <= _pageBytes && references <= PageReferences;
        (bytes, references) = isUsual ? (_pageBytes, PageReferences) : (bytes, references);
        long weight = RingPage.WeightOf(bytes, references);
        while (_oldest is not null && _bytes + weight > maxBytes && weight <= maxBytes)
        {
            Evict(counters);
        }

        return _bytes + weight > maxBytes ? null : Append(isUsual && _spare is { } spare ? spare : new RingPage(bytes, references));
    }

    private RingPage Append(RingPage page)
    {
        if (page == _spare)
        {
            _spare = null;
        }

        if (_newest is null)
        {
            _oldest = page;
        }
        else
        {
            _newest.Next = page;
        }

        _newest = page;
        _bytes += page.Weight;
        return page;
    }

    private void Evict(RecorderCounters counters)
    {
        RingPage page = _oldest!;
        _oldest = page.Next;
        if (_oldest is null)
        {
            _newest = null;
        }

        Interlocked.Add(ref _held, -page.Count);
        counters.CountNotKept(NotKeptReason.NoTrigger, page.CountOf(NotKeptReason.NoTrigger));
        counters.CountNotKept(NotKeptReason.ErrorStorm, page.CountOf(NotKeptReason.ErrorStorm));
        LetGo(page);
    }

    private void LetGo(RingPage page)
    {
        _bytes -= page.Weight;
        if (_spare is null && !_isClosed && page.IsOfSize(_pageBytes, PageReferences))
        {
            page.Clear();
            _spare = page;
        }
    }
}
