namespace FlightRecorder;

/// <summary>Every operation of the journal on the file system; tests let the N-th one fail.</summary>
internal interface IJournalFiles
{
    /// <summary>Creates the directory for its owner only (0700); one that exists keeps its mode.</summary>
    void CreateDirectory(string directory);

    /// <summary>Creates a file for its owner only (0600), or returns null when anything, a dangling link too, has the name. Never opens what exists.</summary>
    IJournalFile? TryCreate(string path);

    bool Exists(string path);

    /// <summary>The regular files of the directory that are segments by name; empty when there is no such directory.</summary>
    IReadOnlyList<SegmentFile> List(string directory);

    /// <summary>Whether a process has the segment open for writing, as far as advisory locks tell.</summary>
    bool IsInUse(string path);

    /// <summary>Gives back the space behind the end of a segment that its run, which was killed, had set aside; nothing where there is none. Its age stays.</summary>
    void GiveBack(string path);

    void Rename(string from, string to);

    void Delete(string path);

    /// <summary>Makes created and renamed names survive power loss.</summary>
    void SyncDirectory(string directory);
}

/// <summary>An open segment.</summary>
internal interface IJournalFile : IDisposable
{
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Makes what was written survive power loss.</summary>
    void Sync();
}
