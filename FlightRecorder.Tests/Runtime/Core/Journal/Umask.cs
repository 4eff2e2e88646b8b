using System.Runtime.InteropServices;

namespace FlightRecorder.Tests.Core.Journal;

/// <summary>Another umask for the length of a test.</summary>
internal sealed class Umask : IDisposable
{
    private readonly uint _before;

    public Umask(string octal) => _before = Set(Convert.ToUInt32(octal, 8));

    public void Dispose() => Set(_before);

    [DllImport("libc", EntryPoint = "umask")]
    private static extern uint Set(uint mask);
}
