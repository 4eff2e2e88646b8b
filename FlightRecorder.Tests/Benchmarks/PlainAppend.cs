namespace FlightRecorder.Benchmarks;

/// <summary>What the system itself takes for a line: one write(2) to a file that is open.</summary>
internal sealed class PlainAppend(string path) : IDisposable
{
    private readonly int _file = LibC.Open(System.Text.Encoding.UTF8.GetBytes(path + '\0'), LibC.WriteOnly | LibC.Create | LibC.Append | LibC.CloseOnExec, 0x180);

    public void Write(byte[] line) => LibC.Write(_file, line, line.Length);

    public void Dispose() => _ = LibC.Close(_file);
}
