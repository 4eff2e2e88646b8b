namespace FlightRecorder.Tests.Core.Journal;

/// <summary>The real file system, of which the N-th operation fails, once or from then on. A write that fails has written a part.</summary>
internal sealed class FaultyFiles(int failAt, bool forever = false, int errno = 28) : IJournalFiles
{
    public int Operations { get; private set; }

    public List<string> Failed { get; } = [];

    /// <summary>Lets everything work again.</summary>
    public bool IsHealed { get; set; }

    /// <summary>Lets only this operation fail, each time.</summary>
    public string? Only { get; init; }

    /// <summary>How much of a write that fails got through, 0 to 1.</summary>
    public double Written { get; init; } = 0.5;

    public int OpenFiles { get; private set; }

    public void CreateDirectory(string directory)
    {
        Step("mkdir");
        JournalFiles.Instance.CreateDirectory(directory);
    }

    public IJournalFile? TryCreate(string path)
    {
        Step("create");
        IJournalFile? file = JournalFiles.Instance.TryCreate(path);
        OpenFiles += file is null ? 0 : 1;
        return file is null ? null : new FaultyFile(this, file);
    }

    public bool Exists(string path) => JournalFiles.Instance.Exists(path);

    public IReadOnlyList<SegmentFile> List(string directory)
    {
        Step("list");
        return JournalFiles.Instance.List(directory);
    }

    public bool IsInUse(string path) => JournalFiles.Instance.IsInUse(path);

    public void GiveBack(string path)
    {
        Step("giveback");
        JournalFiles.Instance.GiveBack(path);
    }

    public void Rename(string from, string to)
    {
        Step("rename");
        JournalFiles.Instance.Rename(from, to);
    }

    public void Delete(string path)
    {
        Step("delete");
        JournalFiles.Instance.Delete(path);
    }

    public void SyncDirectory(string directory)
    {
        Step("syncdir");
        JournalFiles.Instance.SyncDirectory(directory);
    }

    private void Step(string operation)
    {
        Operations++;
        if (!IsHealed && (operation == Only || Operations == failAt || (forever && Operations > failAt)))
        {
            Failed.Add(operation);
            throw new IOException($"{operation} failed on purpose", errno);
        }
    }

    private sealed class FaultyFile(FaultyFiles owner, IJournalFile file) : IJournalFile
    {
        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            try
            {
                owner.Step("write");
            }
            catch (IOException)
            {
                file.Write(bytes[..(int)(bytes.Length * owner.Written)], offset);
                throw;
            }

            file.Write(bytes, offset);
        }

        public void Sync()
        {
            owner.Step("sync");
            file.Sync();
        }

        public void Dispose()
        {
            owner.OpenFiles--;
            file.Dispose();
        }
    }
}
