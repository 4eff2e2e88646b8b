using System.Collections;

namespace FlightRecorder.Tests.AspNetCore.Options;

/// <summary>A configuration in memory below <c>FlightRecorder</c>, that can be changed and told so.</summary>
internal sealed class ChangingSource : IEnumerable
{
    private readonly IConfigurationRoot _root = new ConfigurationBuilder().AddInMemoryCollection().Build();

    public IConfigurationSection Section => _root.GetSection("FlightRecorder");

    public string? this[string key]
    {
        get => Section[key];
        set => Section[key] = value;
    }

    // The memory provider clears nothing on reload; it only tells that it may have changed.
    public void Reload() => _root.Reload();

    public IEnumerator GetEnumerator() => Section.GetChildren().GetEnumerator();
}
