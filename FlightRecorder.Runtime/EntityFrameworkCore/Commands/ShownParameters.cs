using System.Data.Common;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>The parameters of a command without the values that are hidden.</summary>
internal static class ShownParameters
{
    /// <param name="command">The command.</param>
    /// <param name="recording">The recording, for its word for what is hidden.</param>
    /// <param name="hides">Whether the value of a name is hidden.</param>
    public static NamedValue[]? Of(DbCommand command, AmbientRecording recording, Func<string, object, bool> hides)
        => CommandParameters.Read(command.Parameters, (hides, recording.Active.Recorder.Options.Redaction.Replacement), static (name, value, state)
            => new NamedValue(name, value is not null && state.hides(name, value) ? state.Replacement : value));
}
