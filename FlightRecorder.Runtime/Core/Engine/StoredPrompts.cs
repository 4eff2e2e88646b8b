using System.Diagnostics.CodeAnalysis;

namespace FlightRecorder;

/// <summary>Writes prompts into lines, where the app carries the code for it.</summary>
internal static class StoredPrompts
{
    private const string Switch = "FlightRecorder.StoredPrompts";

    /// <summary>
    /// False in apps compiled ahead of time that did not ask for it: the prompt's code is larger than all the rest of the recorder
    /// there, and the prompt can always be made on reading. The trimmer knows the answer and leaves out what is never called.
    /// </summary>
    [FeatureSwitchDefinition(Switch)]
    public static bool AreSupported => !AppContext.TryGetSwitch(Switch, out bool isEnabled) || isEnabled;

    /// <summary>The prompt of an encoded line; null for one that cannot be read.</summary>
    public static string? Of(ReadOnlyMemory<byte> line)
        => RecordingParser.TryRead(line.Span) is { } recording ? PromptWriter.Write(recording) : null;
}
