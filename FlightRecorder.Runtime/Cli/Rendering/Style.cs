namespace FlightRecorder.Cli;

/// <summary>How a piece of text stands out where there is colour.</summary>
internal enum Style
{
    Plain,
    Strong,
    Faint,
    Good,
    Warning,
    Bad,
}
