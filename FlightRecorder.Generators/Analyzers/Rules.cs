using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Analyzers;

/// <summary>Ids, and how descriptors are made: what the generator leaves out is an error that no setting turns off.</summary>
internal static class Rules
{
    public const string TargetCannotBeRecorded = "FR0001";
    public const string FilterCannotBeCalled = "FR0002";
    public const string TwoRulesAtOneLocation = "FR0003";
    public const string SampleRateOutOfRange = "FR0004";
    public const string RedactionCannotReach = "FR0005";
    public const string HeaderValuesWithoutHeader = "FR0006";
    public const string EmptyCondition = "FR0007";
    public const string SlowMillisecondsOutOfRange = "FR0008";
    public const string TooManyRules = "FR0009";
    public const string RuleIdentityPassed = "FR0010";

    private const string Category = "FlightRecorder";

    public static DiagnosticDescriptor Error(string id, string title, string message)
        => new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true, customTags: WellKnownDiagnosticTags.NotConfigurable);
}
