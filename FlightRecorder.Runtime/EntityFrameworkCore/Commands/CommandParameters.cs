using System.Data.Common;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>The parameters of a command, by name without the provider's prefix.</summary>
internal static class CommandParameters
{
    /// <param name="command">The command.</param>
    /// <param name="recording">The recording, for its word for what is hidden.</param>
    /// <param name="hides">Whether the value of a name is hidden.</param>
    public static NamedValue[]? Read(DbCommand command, AmbientRecording recording, Func<string, object, bool> hides)
    {
        DbParameterCollection parameters = command.Parameters;
        if (parameters.Count == 0)
        {
            return null;
        }

        string replacement = recording.Active.Recorder.Options.Redaction.Replacement;
        var values = new NamedValue[parameters.Count];
        for (int i = 0; i < values.Length; i++)
        {
            object? value = CapturedValue.Of(parameters[i].Value);
            string name = parameters[i].ParameterName.TrimStart('@', ':', '$');
            values[i] = new NamedValue(name, value is not null && hides(name, value) ? replacement : value);
        }

        return values;
    }
}
