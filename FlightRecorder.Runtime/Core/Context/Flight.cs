namespace FlightRecorder;

/// <summary>The recorder, from anywhere in the app.</summary>
public static class Flight
{
    /// <summary>The recording that the current code runs in; null outside one, and where nothing is recorded.</summary>
    public static AmbientRecording? Current => AmbientHolder.Current;

    /// <summary>
    /// Begins a recording outside any request: a job, a message, a worker's turn. Dispose it at the end; a nested one is a
    /// recording of its own that names the outer one as its parent.
    /// </summary>
    /// <param name="name">What is done, the same for every run of it.</param>
    /// <returns>The operation; one that records nothing when no recorder is running or it is switched off.</returns>
    public static Operation Begin(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Operation.Begin(Recorder.Running, name);
    }

    /// <summary>
    /// Keeps what the ring still holds: the last finished requests that their rule did not want, as far as
    /// <see cref="BlackBoxOptions.RingBytes"/> goes, and the recording that the current code runs in. They are written in the
    /// background, no faster than the store takes them. Never throws.
    /// </summary>
    /// <param name="reason">Why; shown in each of them.</param>
    /// <returns>How many finished requests are written; 0 without a ring.</returns>
    public static int Dump(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        Current?.Keep(reason);
        return Recorder.Running?.Dump(Triggers.Manual, reason) ?? 0;
    }

    /// <summary>
    /// Installs the crash recorder: from here on uncaught exceptions, those of tasks that nobody observed and whatever is handed
    /// to it become one JSON line each. The first line of <c>Main</c> is its place. Again, it replaces the one before.
    /// </summary>
    /// <param name="options">Null is all defaults: lines go to standard error.</param>
    /// <returns>The recorder, for errors that the app catches itself.</returns>
    /// <exception cref="FlightRecorderConfigurationException">A wrong option, or with <see cref="CrashOptions.BootCheck"/> a file that cannot be written.</exception>
    public static CrashRecorder Install(CrashOptions? options = null) => CrashNet.Install(options ?? new CrashOptions());
}
