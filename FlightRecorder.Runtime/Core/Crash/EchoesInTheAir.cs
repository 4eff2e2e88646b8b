namespace FlightRecorder;

/// <summary>
/// Hides in the texts of an error what the recordings in the air hide: an exception's message often repeats what a request
/// brought. Where a recording cannot be asked in time, the texts are hidden whole.
/// </summary>
internal static class EchoesInTheAir
{
    /// <summary>For an error that the app tells: by the recordings it is told in, an operation and the request around it, say. Outside of any this costs a look.</summary>
    public static CrashRecord HideByCaller(in CrashRecord record)
    {
        if (AmbientHolder.Current is not { IsOpen: true })
        {
            return record;
        }

        IEnumerable<ActiveRecording> around = AmbientHolder.Nested.Where(ambient => ambient.IsOpen).Select(ambient => ambient.Active);
        return record with { Texts = Scrubbed(record, around, mustBeAnnounced: false) };
    }

    /// <summary>For an error of nobody: by all that are in the air, in whichever host of the process.</summary>
    public static CrashRecord HideByAll(in CrashRecord record)
    {
        try
        {
            Recorder[] running = RunningRecorders.All;
            return running.Length > 0 ? record with { Texts = Scrubbed(record, running.SelectMany(recorder => recorder.Made()), mustBeAnnounced: true) } : record;
        }
        catch (Exception)
        {
            // Out of memory, say: its type is still worth a line.
            return record with { Error = new ToldException(record.Error?.GetType().FullName ?? "", "", "") };
        }
    }

    private static CrashTexts Scrubbed(in CrashRecord record, IEnumerable<ActiveRecording> recordings, bool mustBeAnnounced)
    {
        var texts = CrashTexts.Of(record);
        foreach (ActiveRecording recording in recordings)
        {
            if (texts.IsOutOfTime || !Scrub(texts, recording, mustBeAnnounced))
            {
                texts.Hide();
                break;
            }
        }

        return texts;
    }

    private static bool Scrub(CrashTexts texts, ActiveRecording recording, bool mustBeAnnounced)
    {
        try
        {
            if (!recording.TryPeek(mustBeAnnounced, out ActiveRecording? copy))
            {
                texts.Hide();
                return false;
            }

            if (copy is not null)
            {
                recording.Recorder.Scrub(copy, texts);
                copy.Clear();
            }

            return true;
        }
        catch (Exception)
        {
            // Its owner is at work on it, say; what it hides is not known.
            texts.Hide();
            return false;
        }
    }
}
