using System.Diagnostics;

namespace FlightRecorder;

/// <summary>
/// Hides in the texts of an error what the recordings in the air hide: an exception's message often repeats what a request
/// brought. Where a recording cannot be asked in time, the texts are hidden whole.
/// </summary>
internal static class EchoesInTheAir
{
    // The process is dying, and its supervisor waits.
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    /// <summary>For an error that the app tells: by the recording it is told in. Outside of one this costs a look.</summary>
    public static CrashRecord HideByCaller(in CrashRecord record)
        => AmbientHolder.Current is { IsOpen: true } ambient ? record with { Texts = Scrubbed(record, ambient.Active) } : record;

    /// <summary>For an error of nobody: by all that are in the air.</summary>
    public static CrashRecord HideByAll(in CrashRecord record)
        => Recorder.Running is { } recorder ? record with { Texts = Scrubbed(record, recorder) } : record;

    private static CrashTexts Scrubbed(in CrashRecord record, ActiveRecording recording)
    {
        var texts = CrashTexts.Of(record);
        Scrub(texts, recording, mustBeAnnounced: false);
        return texts;
    }

    private static CrashTexts Scrubbed(in CrashRecord record, Recorder recorder)
    {
        long started = Stopwatch.GetTimestamp();
        var texts = CrashTexts.Of(record);
        foreach (ActiveRecording recording in recorder.Made())
        {
            if (Stopwatch.GetElapsedTime(started) > Limit || !Scrub(texts, recording, mustBeAnnounced: true))
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
