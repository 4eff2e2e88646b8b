using System.Runtime.InteropServices;

namespace FlightRecorder.CrashApp;

/// <summary>The file system itself, until the N-th operation on it: there the process is killed, before it, after it, or in the middle of a write.</summary>
internal sealed partial class KillingFiles(int killAt, string? how) : IJournalFiles
{
    private const int Kill = 9;

    private int _operations;

    public void CreateDirectory(string directory) => Do(() => JournalFiles.Instance.CreateDirectory(directory));

    public IJournalFile? TryCreate(string path)
    {
        IJournalFile? file = null;
        Do(() => file = JournalFiles.Instance.TryCreate(path));
        return file is null ? null : new KillingFile(this, file);
    }

    public bool Exists(string path) => JournalFiles.Instance.Exists(path);

    public IReadOnlyList<SegmentFile> List(string directory) => JournalFiles.Instance.List(directory);

    public bool IsInUse(string path) => JournalFiles.Instance.IsInUse(path);

    public void GiveBack(string path) => Do(() => JournalFiles.Instance.GiveBack(path));

    public void Rename(string from, string to) => Do(() => JournalFiles.Instance.Rename(from, to));

    public void Delete(string path) => Do(() => JournalFiles.Instance.Delete(path));

    public void SyncDirectory(string directory) => Do(() => JournalFiles.Instance.SyncDirectory(directory));

    private void Do(Action operation, Action? half = null)
    {
        bool isLast = ++_operations == killAt;
        if (isLast && how != "after")
        {
            if (how == "half")
            {
                half?.Invoke();
            }

            Die();
        }

        operation();
        if (isLast)
        {
            Die();
        }
    }

    private static void Die()
    {
        _ = Signal(Environment.ProcessId, Kill);
        new ManualResetEvent(false).WaitOne();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);

    private sealed class KillingFile(KillingFiles owner, IJournalFile file) : IJournalFile
    {
        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            byte[] copy = bytes.ToArray();
            owner.Do(() => file.Write(copy, offset), () => file.Write(copy.AsSpan(0, copy.Length / 2), offset));
        }

        public void Sync() => owner.Do(file.Sync);

        public void Dispose() => owner.Do(file.Dispose);
    }
}
