using Microsoft.Win32.SafeHandles;

namespace FlightRecorder.CrashApp;

/// <summary>A process that has no file descriptors left, for a while.</summary>
internal static class Exhausted
{
    public static void Run(CrashRecorder crash)
    {
        // What the runtime loads and opens for the first line is no part of what is asked.
        Tell("before", crash);
        int before = Open();
        List<SafeFileHandle> taken = TakeAll();
        CrashRecorder late = Flight.Install(new CrashOptions { File = "late.jsonl", BootCheck = false });
        Tell("late", late);
        Tell("late", late);
        for (int i = 0; i < 3; i++)
        {
            Tell("moved", crash);
        }

        taken.ForEach(file => file.Dispose());
        Tell("late", late);
        Tell("moved", crash);

        // The new recorder's file is the one more.
        Console.WriteLine($"more open: {Open() - before}");
    }

    private static void Tell(string what, CrashRecorder crash)
    {
        WriteResult result = crash.CaptureSync(new InvalidOperationException(new string('m', 2000)));
        Console.WriteLine($"{what} {result.Ok} {result.Errno}");
    }

    private static int Open() => Directory.GetFiles("/proc/self/fd").Length;

    private static List<SafeFileHandle> TakeAll()
    {
        var taken = new List<SafeFileHandle>();
        try
        {
            while (true)
            {
                taken.Add(File.OpenHandle("/dev/null"));
            }
        }
        catch (IOException)
        {
            return taken;
        }
    }
}
