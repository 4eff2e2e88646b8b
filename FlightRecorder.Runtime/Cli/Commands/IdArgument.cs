using System.CommandLine;

namespace FlightRecorder.Cli;

/// <summary>The argument that names a recording; the same for each command.</summary>
internal static class IdArgument
{
    public static Argument<string> Create() => new("ID") { Description = "The recording's id, or its beginning when no other begins so." };
}
