using System.Text;

namespace FlightRecorder.Tests.Core.Crash;

/// <summary>Lines as they would go to the file; or the errno that the next ones fail with.</summary>
internal sealed class MemoryFile : ICrashFile
{
    private readonly List<string> _lines = [];

    /// <summary>How long each line takes.</summary>
    public TimeSpan Delay { get; set; }

    public int RotationFailure { get; set; }

    public int Failure { get; set; }

    public ManualResetEventSlim Gate { get; } = new(initialState: true);

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public int Probe() => Failure;

    public int Append(ReadOnlySpan<byte> line)
    {
        Gate.Wait();
        SpinWait.SpinUntil(() => false, Delay);
        lock (_lines)
        {
            if (Failure == 0)
            {
                _lines.Add(Encoding.UTF8.GetString(line));
            }

            return Failure;
        }
    }
}
