using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.PostgreSql;

/// <summary>A clock that goes only when told.</summary>
internal sealed class ManualTime : TimeProvider
{
    private DateTimeOffset _now = LineBuilder.Start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;
}
