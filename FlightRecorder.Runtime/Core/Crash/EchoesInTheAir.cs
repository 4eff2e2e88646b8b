namespace FlightRecorder;

/// <summary>
/// Hides in the texts of an error what the recordings in the air hide: an exception's message often repeats what a request
/// brought. Where a recording cannot be asked in time, the texts are hidden whole.
/// </summary>
internal static class EchoesInTheAir
{
    /// <summary>For an error that the app tells: by the recording it is told in. Outside of one this costs a look.</summary>
    public static CrashRecord HideByCaller(in CrashRecord record)
        => AmbientHolder.Current is { IsOpen: true } ambient ? record with { Texts = Scrubbed(record, ambient.Active) } : record;

    /// <summary>For an error of nobody: by all that are in the air.</summary>
    public static CrashRecord HideByAll(in CrashRecord record)
    {
        try
        {
            return Recorder.Running is { } recorder ? record with { Texts = Scrubbed(record, recorder) } : record;
        }
        catch (Exception)
        {
            // Out of memory, say: its type is still worth a line.
            return record with { Error = new ToldException(record.Error?.GetType().FullName ?? "", "", "") };
        }
    }

    private static CrashTexts Scrubbed(in CrashRecord record, ActiveRecording recording)
    {
        var texts = CrashTexts.Of(record);
        Scrub(texts, recording, mustBeAnnounced: false);
        return texts;
    }

    private static CrashTexts Scrubbed(in CrashRecord record, Recorder recorder)
    {
        var texts = CrashTexts.Of(record);
        foreach (ActiveRecording recording in recorder.Made())
        {
            if (texts.IsOutOfTime || !Scrub(texts, recording, mustBeAnnounced: true))
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
