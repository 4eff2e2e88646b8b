using System.Globalization;

namespace CrashShip;

/// <summary>One run: what was not acknowledged yet is sent, oldest first. The offset moves only when a batch was taken.</summary>
internal sealed class Shipment(Options options, Sender sender, TextWriter error)
{
    public async Task<int> RunAsync()
    {
        // Another run at the same time would send the same lines.
        using var alone = new FileStream(options.State + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        Progress? progress = Progress.Read(options.State);
        List<ErrorFile> files = Open();
        try
        {
            // Where the known file is gone, those that are left are all newer.
            int known = files.FindIndex(file => file.Id == progress?.File);
            for (int i = Math.Max(known, 0); i < files.Count; i++)
            {
                int code = await SendAsync(files[i], i == known ? progress!.Offset : 0);
                if (code != ExitCode.AllSent)
                {
                    return code;
                }
            }

            return ExitCode.AllSent;
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    // The current one first: when it is moved in between, both names lead to it, and the one begun meanwhile waits for the next run.
    private List<ErrorFile> Open()
    {
        ErrorFile? current = ErrorFile.TryOpen(options.File);
        ErrorFile? older = ErrorFile.TryOpen(options.File + ".1");
        if (older is not null && older.Id == current?.Id)
        {
            older.Dispose();
            older = null;
        }

        return [.. new[] { older, current }.OfType<ErrorFile>()];
    }

    private async Task<int> SendAsync(ErrorFile file, long offset)
    {
        // A consent that is taken back holds for the next batch already.
        while (Consent.IsGiven(options))
        {
            byte[] lines = file.Read(offset);
            if (lines.Length == 0)
            {
                return ExitCode.AllSent;
            }

            string key = string.Create(CultureInfo.InvariantCulture, $"{file.Id[..16]}-{offset}");
            if (await sender.SendAsync(lines, key) is { } reason)
            {
                error.WriteLine($"Not acknowledged, to be sent again: {reason}");
                return ExitCode.TryLater;
            }

            offset += lines.Length;
            new Progress(file.Id, offset).Write(options.State);
        }

        error.WriteLine("The consent was taken back.");
        return ExitCode.NoConsent;
    }
}
