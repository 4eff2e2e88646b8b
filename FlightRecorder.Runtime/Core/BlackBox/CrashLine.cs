using System.Globalization;

namespace FlightRecorder;

/// <summary>The journal's own line of a crash, of the kind <c>crash</c>: what the process died of, and which recordings were in the air.</summary>
/// <param name="recorder">The host's.</param>
/// <param name="error">What was thrown.</param>
/// <param name="texts">What it says, scrubbed by the recordings of all hosts; null where there is no other host.</param>
internal sealed class CrashLine(Recorder recorder, object error, CrashTexts? texts)
{
    private readonly CrashTexts _texts = texts?.Copy() ?? CrashTexts.Of(new CrashRecord(default, CrashKind.Uncaught, error, null, []));
    private readonly List<string> _inTheAir = [];

    /// <summary>Notes one that was in the air; what it hides is hidden in the error's texts.</summary>
    /// <param name="copy">A closed copy of it.</param>
    public void Add(ActiveRecording copy)
    {
        _inTheAir.Add(copy.Id.ToString("D", CultureInfo.InvariantCulture));
        if (_texts.IsOutOfTime)
        {
            _texts.Hide();
        }
        else
        {
            recorder.Scrub(copy, _texts);
        }
    }

    /// <summary>Hands it to the store's queue.</summary>
    public void Write(string reason)
    {
        if (recorder.Begin(RecordingKind.Crash) is not { } crash)
        {
            return;
        }

        crash.Name = reason;
        crash.Outcome = RecordingOutcome.Failed;
        crash.Append(crash.Generation, Told(), handled: false);
        crash.Append(crash.Generation, new TimelineEntry { Type = TimelineTypes.Mark, AtUs = -1, Detail = "in the air", Data = JsonFragment.OfItems(_inTheAir) });
        crash.Close();
        recorder.Keep(crash, Triggers.Crash, reason);
    }

    // A line of the journal has the frames without the head.
    private ToldException Told()
    {
        string head = ExceptionText.Head(_texts.Name, _texts.Message) + "\n";
        string stack = _texts.Stack.StartsWith(head, StringComparison.Ordinal) ? _texts.Stack[head.Length..] : _texts.Stack;
        return new ToldException(_texts.Name, _texts.Message, stack);
    }
}
