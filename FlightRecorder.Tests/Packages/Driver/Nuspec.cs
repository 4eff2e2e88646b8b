using System.Xml.Linq;

namespace FlightRecorder.Tests.Packages;

/// <summary>What a package says of itself.</summary>
internal sealed class Nuspec(XElement metadata)
{
    public static Nuspec Of(string id)
    {
        using System.IO.Compression.ZipArchive package = Packed.Open(id);
        using Stream stream = package.GetEntry(id + ".nuspec")!.Open();
        return new Nuspec(XDocument.Load(stream).Root!.Elements().Single());
    }

    /// <summary>Our packages that this one needs, as "id version include".</summary>
    public string[] OurDependencies
        => [.. All("dependency").Where(element => ((string)element.Attribute("id")!).StartsWith("FlightRecorder.", StringComparison.Ordinal))
            .Select(element => $"{(string?)element.Attribute("id")} {(string?)element.Attribute("version")} {(string?)element.Attribute("include")}").Distinct()];

    public string? Text(string name) => All(name).SingleOrDefault()?.Value;

    public string? Attribute(string element, string name) => (string?)All(element).SingleOrDefault()?.Attribute(name);

    private IEnumerable<XElement> All(string name) => metadata.Descendants().Where(element => element.Name.LocalName == name);
}
