namespace FlightRecorder;

/// <summary>Stands for an exception whose texts were scrubbed.</summary>
internal sealed class ToldException(string name, string message, string stack) : Exception(message)
{
    /// <summary>The full name of the type that it stands for.</summary>
    public string Name => name;

    public override string StackTrace => stack;
}
