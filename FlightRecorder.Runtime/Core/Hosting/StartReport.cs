using FlightRecorder.CompilerServices;
using Microsoft.Extensions.Logging;

namespace FlightRecorder;

/// <summary>Says in one line, once the host has started, what is recorded and redacted, and where recordings go.</summary>
internal sealed class StartReport(
    FlightRecorderOptions options, IRecordingStore store, string contentRoot, IEndpointCensus? census, ILogger logger, JournalDestination? destination = null)
{
    public void Write()
    {
        // Counting looks at every endpoint: not for a line that nobody reads.
        if (!logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        // Endpoints first: looking at them registers the assemblies whose members are counted.
        EndpointCount? endpoints = census?.Count();
        var redacted = new RedactedMembers(GeneratedCode.Assemblies);
        string state = options.Enabled ? "on" : "switched off (Enabled is false)";
        (string name, string place) = Describe();
        if (endpoints is { } count)
        {
            Log.Started(logger, state, count.Recorded, count.All, redacted.Count, redacted.Types, name, place);
        }
        else
        {
            Log.StartedWithoutEndpoints(logger, state, redacted.Count, redacted.Types, name, place);
        }
    }

    private (string Name, string Place) Describe() => store switch
    {
        JournalStore => ("the journal" + destination?.Text, Path.TrimEndingDirectorySeparator(JournalStore.DirectoryOf(options.Journal, contentRoot))),
        MemoryStore => ("memory", "the latest only, until the process ends"),
        IRemoteStore remote => remote.Describe(),
        _ => (store.GetType().Name, "a store of the app"),
    };
}
