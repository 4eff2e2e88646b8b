using System.Runtime.InteropServices;

namespace FlightRecorder;

/// <summary>SIGUSR1 dumps the ring, from outside of the process. Without a ring the signal is left to the app, which it ends by default.</summary>
internal static class DumpSignal
{
    private const string Name = "SIGUSR1";
    private const int OnLinux = 10;
    private const int OnMacOS = 30;

    public static IDisposable? Register(Recorder recorder)
    {
        int signal = OperatingSystem.IsLinux() ? OnLinux : OperatingSystem.IsMacOS() ? OnMacOS : 0;
        if (signal == 0)
        {
            return null;
        }

        try
        {
            return PosixSignalRegistration.Create((PosixSignal)signal, context =>
            {
                context.Cancel = true;
                recorder.Dump(Triggers.Manual, Name);
            });
        }
        catch (Exception error)
        {
            recorder.Guard.Note(Name, error);
            return null;
        }
    }
}
