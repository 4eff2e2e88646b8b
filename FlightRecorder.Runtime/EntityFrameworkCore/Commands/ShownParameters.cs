using System.Data.Common;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>The parameters of a command without the values that are hidden.</summary>
internal static class ShownParameters
{
    /// <param name="command">The command.</param>
    /// <param name="recording">The recording, for its word for what is hidden.</param>
    /// <param name="state">What <paramref name="hides"/> needs.</param>
    /// <param name="hides">Whether the value of a name is hidden.</param>
    public static NamedValue[]? Of<TState>(DbCommand command, AmbientRecording recording, TState state, Func<TState, string, object, bool> hides)
        => CommandParameters.Read(command.Parameters, (state, hides, recording.Active.Recorder.Options.Redaction.Replacement), static (name, value, all)
            => new NamedValue(name, value is not null && all.hides(all.state, name, value) ? all.Replacement : value));
}
