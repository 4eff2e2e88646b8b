using Microsoft.AspNetCore.Mvc;

namespace FlightRecorder.Tests.AspNetCore.Plans;

[ApiController]
[Record(SlowMilliseconds = 11)]
public class CompiledController : ControllerBase
{
    [HttpGet("compiled/by-id")]
    public string Get(int id) => id.ToString();

    [HttpGet("compiled/by-name")]
    public string Get(string name) => name;

    [HttpPost("compiled/own")]
    [Record(SlowMilliseconds = 22)]
    public CompiledBody Own(CompiledBody body) => body;

    [HttpGet("compiled/never")]
    [DoNotRecord]
    public string Never() => "never";
}

public sealed record CompiledBody(string Name, [property: Redact] string Secret);
