using System.Diagnostics.CodeAnalysis;

namespace FlightRecorder.PostgreSql;

/// <summary>One statement, fixed at compile time (the compiler refuses another with CA1857): values are parameters, the schema is <c>{schema}</c>.</summary>
internal sealed class Sql([ConstantExpected] string template)
{
    public string Template { get; } = template;
}
