using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FlightRecorder.Testing;

/// <summary>Where the files of a host are, if it writes any.</summary>
internal static class JournalFolder
{
    public static string? Of(IRecordingSource source) => source switch
    {
        JournalSource journal => journal.Directory,
        HostSource host when host.Services.GetService<IRecordingStore>() is JournalStore => JournalStore.DirectoryOf(
            host.Services.GetRequiredService<FlightRecorderOptions>().Journal,
            host.Services.GetService<IHostEnvironment>()?.ContentRootPath ?? Environment.CurrentDirectory),
        _ => null,
    };
}
