namespace FlightRecorder.Tests.Core.Sql;

internal sealed record SqlCase(string Sql, string Answer)
{
    public override string ToString() => Sql;
}
