namespace FlightRecorder;

/// <summary>Where slots lie.</summary>
/// <param name="Directory">The directory of the slot files.</param>
/// <param name="Journal">That of the journal, when recordings go there; a request whose line is in it is not written a second time.</param>
internal sealed record SlotPlace(string Directory, string? Journal)
{
    /// <summary>The place under these options, or null where no file is wanted: slots are off, or recordings go to no disk and nobody named a directory.</summary>
    public static SlotPlace? Of(FlightRecorderOptions options, IRecordingStore store, string contentRoot)
    {
        if (!options.BlackBox.Slots || (store is MemoryStore or IRemoteStore && options.BlackBox.Directory is null))
        {
            return null;
        }

        string journal = JournalStore.DirectoryOf(options.Journal, contentRoot);
        string directory = options.BlackBox.Directory is { } named ? Path.GetFullPath(named, contentRoot) : journal;
        return new SlotPlace(directory, store is JournalStore ? journal : null);
    }
}
