using Microsoft.AspNetCore.Mvc;

namespace FlightRecorder.Tests.AspNetCore.Plans;

[ApiController]
public sealed class PlannedController : ControllerBase
{
    [HttpGet("planned/by-id")]
    public string Get(int id) => id.ToString();

    [HttpGet("planned/by-name")]
    public string Get(string name, int take) => name + take;

    [HttpPost("planned/body")]
    public string Post(PlannedBody body) => body.Name;

    [HttpGet("planned/other")]
    public string Other() => "other";
}

[ApiController]
public abstract class PlannedBaseController : ControllerBase
{
    [HttpGet("derived/list")]
    public string List() => "list";
}

public sealed class PlannedDerivedController : PlannedBaseController;

public sealed record PlannedBody(string Name);
