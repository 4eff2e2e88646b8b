using System.Text.Json;

namespace FlightRecorder.Tests.AspNetCore.Hosting;

/// <summary>A configuration file that an app watches.</summary>
internal sealed class SettingsFile : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("flight-settings-");

    public SettingsFile(object section) => Write(section);

    public string Path => System.IO.Path.Combine(_directory.FullName, "settings.json");

    public void AddTo(WebApplicationBuilder builder)
    {
        builder.Configuration.AddJsonFile(Path, optional: false, reloadOnChange: true);
        builder.Services.AddFlightRecorder(builder.Configuration.GetSection("FlightRecorder")).UseMemoryStore();
    }

    /// <summary>Replaces the file in one step, as deployment tools do.</summary>
    public void Write(object section)
    {
        string next = Path + ".next";
        File.WriteAllText(next, JsonSerializer.Serialize(new Dictionary<string, object> { ["FlightRecorder"] = section }));
        File.Move(next, Path, overwrite: true);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
