using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Analyzers;

/// <summary>Ids, and how descriptors are made: what the generator leaves out is an error that no setting turns off; the rest is advice.</summary>
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
    public const string SecretNameUnmarked = "FR0011";
    public const string RedactionWithoutEffect = "FR0012";
    public const string BodyTypeUnknown = "FR0013";
    public const string MarksNotCompiled = "FR0014";

    private const string Category = "FlightRecorder";

    /// <summary>What the runtime copes with, but the developer should decide.</summary>
    public static DiagnosticDescriptor Advice(string id, string title, string message, DiagnosticSeverity severity, params string[] tags)
        => new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: Page(id), customTags: tags);

    public static DiagnosticDescriptor Error(string id, string title, string message)
        => new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page(id), customTags: WellKnownDiagnosticTags.NotConfigurable);

    // Relative to the repository: where that is published is not known here.
    private static string Page(string id) => $"FlightRecorder.Generators/rules/{id}.md";
}
