namespace FlightRecorder;

/// <summary>The one net of the process: what falls into it goes to the recorder that was installed last.</summary>
internal static class CrashNet
{
    private static readonly Lock Gate = new();
    private static CrashRecorder? s_installed;
    private static Action<object, CrashTexts?, bool>? s_watchers;
    private static bool s_isSubscribed;

    /// <summary>Replaces the recorder of before; the process's events are subscribed to once.</summary>
    public static CrashRecorder Install(CrashOptions options)
    {
        options.Validate();
        lock (Gate)
        {
            CrashRecorder recorder = Create(options);
            if (!options.ExitOnUncaught)
            {
                ArmSurvival();
            }

            if (Interlocked.Exchange(ref s_installed, recorder) is null)
            {
                Subscribe();
                TaskScheduler.UnobservedTaskException += static (_, unobserved) => Observe(unobserved);
            }

            return recorder;
        }
    }

    /// <summary>Has it hear of each uncaught exception, what it says where several hosts run, and whether the process ends by it: after the crash recorder's line, before the end. It must not throw.</summary>
    public static void Watch(Action<object, CrashTexts?, bool> watcher)
    {
        lock (Gate)
        {
            s_watchers -= watcher;
            s_watchers += watcher;
            Subscribe();
        }
    }

    public static void Unwatch(Action<object, CrashTexts?, bool> watcher)
    {
        lock (Gate)
        {
            s_watchers -= watcher;
        }
    }

    private static void Subscribe()
    {
        if (!s_isSubscribed)
        {
            s_isSubscribed = true;
            AppDomain.CurrentDomain.UnhandledException += static (_, thrown) => Die(thrown.ExceptionObject);
        }
    }

    private static void Die(object error)
    {
        if (s_installed is { } recorder)
        {
            recorder.Uncaught(error, static error => Tell(error, isDying: true));
        }
        else
        {
            Tell(error, isDying: true);
        }
    }

    // Each host takes its recordings off the air: before the first does, those of all are asked what they hide.
    private static void Tell(object error, bool isDying)
    {
        CrashTexts? texts = isDying && RunningRecorders.All.Length > 1
            ? EchoesInTheAir.HideByAll(new CrashRecord(default, CrashKind.Uncaught, error, null, [])).Texts
            : null;
        s_watchers?.Invoke(error, texts, isDying);
    }

    private static CrashRecorder Create(CrashOptions options)
    {
        string? path = options.File is null ? null : Path.GetFullPath(options.File);
        ICrashFile file = path is null ? StandardError.Instance
            : OperatingSystem.IsLinux() ? new AppendFile(path, options.MaxBytes)
            : new PortableFile(path, options.MaxBytes);
        if (options.BootCheck)
        {
            Check(file, options.File!);
        }

        var log = new CrashLog(new CrashContext(options.Context), file, options.File);
        if (!options.BootCheck)
        {
            log.Probe();
        }

        return new CrashRecorder(log) { ExitOnUncaught = options.ExitOnUncaught, ExitOnUnobserved = options.ExitOnUnobserved };
    }

    private static void Check(ICrashFile file, string name)
    {
        int errno = file.Probe();
        if (errno != Errno.None)
        {
            string reason = $"{Errno.Name(errno)}: {Errno.Words(errno)}";
            throw CrashOptions.Wrong(nameof(CrashOptions.File), $"\"{name}\"", $"a file that can be appended to ({reason})", new IOException(reason, errno));
        }
    }

    private static void ArmSurvival()
    {
        try
        {
            UncaughtSurvival.Arm(static error => Survive(error));
        }
        catch (InvalidOperationException error)
        {
            throw CrashOptions.Wrong(nameof(CrashOptions.ExitOnUncaught), "False", "True, since the app has set an ExceptionHandling handler of its own", error);
        }
    }

    // A recorder installed later may want the process to end: then the runtime goes on to the event of uncaught exceptions.
    private static bool Survive(Exception error)
    {
        if (s_installed is not { ExitOnUncaught: false } recorder)
        {
            return false;
        }

        recorder.Uncaught(error, static error => Tell(error, isDying: false));
        return true;
    }

    private static void Observe(UnobservedTaskExceptionEventArgs unobserved)
    {
        unobserved.SetObserved();
        s_installed!.Unobserved(unobserved.Exception);
    }
}
