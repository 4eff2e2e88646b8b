using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace FlightRecorder.Tests.AspNetCore.Hosting;

[ApiController]
[Record]
public sealed class CountedController : ControllerBase
{
    [HttpGet("counted/one")]
    public string One() => "one";

    [HttpPost("counted/two")]
    public CountedBody Two(CountedBody body) => body;

    [HttpGet("counted/never")]
    [DoNotRecord]
    public string Never() => "never";
}

public sealed record CountedBody(string Name, [property: Redact] string Secret);

[Record]
public sealed class ConventionalController : ControllerBase
{
    public string Index() => "index";
}

/// <summary>Leaves one controller of the test assembly.</summary>
internal sealed class Only<TController> : IApplicationFeatureProvider<ControllerFeature>
{
    public static void In(ApplicationPartManager parts)
    {
        if (parts.ApplicationParts.OfType<AssemblyPart>().All(part => part.Assembly != typeof(TController).Assembly))
        {
            parts.ApplicationParts.Add(new AssemblyPart(typeof(TController).Assembly));
        }

        parts.FeatureProviders.Add(new Only<TController>());
    }

    public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature)
    {
        feature.Controllers.Clear();
        feature.Controllers.Add(System.Reflection.IntrospectionExtensions.GetTypeInfo(typeof(TController)));
    }
}
