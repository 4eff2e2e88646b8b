namespace FlightRecorder;

/// <summary>All that writing one line takes, used again and again by one thread at a time: first the secrets of every part, then the line.</summary>
internal sealed class LineEncoder
{
    private readonly SecretSet _secrets = new();
    private readonly JsonRedactor _redactor = new();
    private readonly LineBudget _budget = new();
    private readonly SecretCollector _collector;
    private readonly EchoScrubber _scrubber;
    private readonly JsonEchoes _echoes;
    private readonly BodyContent _requestBody;
    private readonly BodyContent _responseBody;
    private readonly LeafWriter _leaf;
    private readonly ValueWriter _values;
    private readonly FormRedactor _form = new();
    private readonly List<GapEntry> _faults = [];
    private readonly LineHead _head;
    private readonly SourceWriter _sources;
    private readonly HttpWriter _http;
    private readonly TimelineWriter _timeline;
    private readonly MutationWriter _mutations;
    private readonly ErrorWriter _errors;
    private Exception? _fault;

    private enum Part
    {
        Request,
        Response,
        Timeline,
        Mutations,
        Errors,
    }

    public LineEncoder(LineHead head)
    {
        _head = head;
        _collector = new SecretCollector(_secrets, _redactor);
        _scrubber = new EchoScrubber(_secrets);
        _echoes = new JsonEchoes(_scrubber);
        _requestBody = new BodyContent(_redactor, _form);
        _responseBody = new BodyContent(_redactor, _form);
        _leaf = new LeafWriter(Line, _scrubber);
        _values = new ValueWriter(Line, _leaf, _secrets, _redactor, _echoes);
        _sources = new SourceWriter(Line);
        _http = new HttpWriter(Line, _leaf, _echoes, _budget);
        _timeline = new TimelineWriter(Line, _leaf, _values, _budget);
        _mutations = new MutationWriter(Line, _leaf, _values, _budget);
        _errors = new ErrorWriter(Line, _leaf, _budget);
    }

    /// <summary>The line, complete but for its line feed, after <see cref="Write"/>.</summary>
    public LineBuffer Line { get; } = new(8192);

    /// <summary>Writes the line. What cannot be redacted is left out and noted as a gap.</summary>
    /// <returns>A failure that was survived, or null.</returns>
    public Exception? Write(ActiveRecording recording, long sequence, RedactionRules rules, int maxBytes, Func<ReadOnlyMemory<byte>, string?>? promptOf)
    {
        _fault = null;
        Prepare(recording, rules);
        do
        {
            _leaf.MaxBytes = _budget.MaxTextBytes;
            WriteBody(recording, sequence, rules);
        }
        while (Line.Length + LineTail.MaxBytes > maxBytes && _budget.DropMore());

        LineTail.Write(Line, recording.ClosedTimestamp);
        if (promptOf is not null)
        {
            LineTail.InsertPrompt(Line, promptOf, maxBytes);
        }

        return _fault;
    }

    /// <summary>Learns what a recording hides, to hide it in texts outside of it.</summary>
    public void Learn(ActiveRecording recording, RedactionRules rules) => Prepare(recording, rules);

    /// <summary>A text without what was learnt.</summary>
    public string Scrub(string text)
        => _scrubber.TryScrub(System.Text.Encoding.UTF8.GetBytes(text)) ? System.Text.Encoding.UTF8.GetString(_scrubber.Result) : text;

    /// <summary>Compact JSON without what was learnt.</summary>
    public byte[] ScrubJson(byte[] json)
    {
        Line.Clear();
        _echoes.Write(json, Line);
        return Line.Written.ToArray();
    }

    /// <summary>Forgets, and overwrites, what was not redacted.</summary>
    public void Clear()
    {
        _secrets.Clear();
        _collector.Clear();
        _scrubber.Clear();
        _echoes.Clear();
        _requestBody.Clear();
        _responseBody.Clear();
        _leaf.Clear();
        _values.Clear();
        _form.Clear();
        _faults.Clear();
        _budget.Reset();
    }

    private void Prepare(ActiveRecording recording, RedactionRules rules)
    {
        _secrets.Replacement = rules.Replacement;
        _secrets.OnlyShaped = !rules.ScrubEchoes;
        _leaf.Rules = _values.Rules = rules;
        if (recording.Kind == RecordingKind.Request)
        {
            Prepare(_requestBody, "request.body", recording.RequestBody, recording, rules, allowed: true);
            bool mayHaveBody = recording.Status is not (204 or 304) && !recording.Method.Equals("HEAD", StringComparison.OrdinalIgnoreCase);
            Prepare(_responseBody, "response.body", recording.ResponseBody, recording, rules, mayHaveBody);
        }

        try
        {
            _collector.Collect(recording, rules);
            _collector.Collect(_requestBody);
            _collector.Collect(_responseBody);
        }
        catch (Exception error)
        {
            // Secrets may be missing now: no text can be vouched for.
            _secrets.Overflow();
            Note("texts", error);
        }

        _scrubber.Start();
    }

    private void Prepare(BodyContent content, string what, CapturedBody body, ActiveRecording recording, RedactionRules rules, bool allowed)
    {
        if (content.Prepare(body, recording.Plan, rules, _secrets, allowed) is { } error)
        {
            Note(what, error);
        }
    }

    private void WriteBody(ActiveRecording recording, long sequence, RedactionRules rules)
    {
        Line.Clear();
        _head.Write(Line, _leaf, recording, sequence, rules);
        _sources.Write(recording);
        if (recording.Kind == RecordingKind.Request)
        {
            WritePart(Part.Request, recording, rules);
            WritePart(Part.Response, recording, rules);
        }

        WritePart(Part.Timeline, recording, rules);
        WritePart(Part.Mutations, recording, rules);
        WritePart(Part.Errors, recording, rules);
        WriteGaps(recording);
    }

    // A part that fails is left out; the rest is written.
    private void WritePart(Part part, ActiveRecording recording, RedactionRules rules)
    {
        int before = Line.Length;
        try
        {
            switch (part)
            {
                case Part.Request: _http.WriteRequest(recording, _requestBody, rules); break;
                case Part.Response: _http.WriteResponse(recording, _responseBody, rules); break;
                case Part.Timeline: _timeline.Write(recording, rules); break;
                case Part.Mutations: _mutations.Write(recording, rules); break;
                default: _errors.Write(recording); break;
            }
        }
        catch (Exception error)
        {
            Line.CutTo(before);
            Note(part.ToString().ToLowerInvariant(), error);
        }
    }

    private void Note(string what, Exception error)
    {
        _fault = error;
        var gap = new GapEntry(what, "redaction failed: " + error.GetType().Name);
        if (!_faults.Contains(gap))
        {
            _faults.Add(gap);
        }
    }

    // "gaps":[{"what":"response.body","why":"event stream"}]
    private void WriteGaps(ActiveRecording recording)
    {
        Line.Member("gaps"u8).Byte((byte)'[');
        foreach (GapEntry gap in recording.Gaps)
        {
            WriteGap(gap);
        }

        foreach (GapEntry gap in _faults)
        {
            WriteFault(gap);
        }

        if (_secrets.Overflowed)
        {
            // As it stands: by now every text of others would be masked, this one too.
            Line.Separate();
            Line.Raw("{\"what\":\"texts\",\"why\":\"more values were hidden than can be searched for; texts are masked\"}"u8);
        }

        _budget.WriteGaps(Line);
        Line.Byte((byte)']');
    }

    // As it stands: these are words of ours, and where texts are masked they say why.
    private void WriteFault(GapEntry gap)
    {
        Line.Separate();
        Line.Raw("{\"what\":"u8);
        Line.Text(gap.What);
        Line.Raw(",\"why\":"u8);
        Line.Text(gap.Why);
        Line.Byte((byte)'}');
    }

    private void WriteGap(GapEntry gap)
    {
        Line.Separate();
        Line.Byte((byte)'{');
        _leaf.Optional("what"u8, gap.What);
        _leaf.Optional("why"u8, gap.Why);
        Line.Byte((byte)'}');
    }
}
