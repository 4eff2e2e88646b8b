using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Analyzers;

/// <summary>The diagnostics on where <c>[Record]</c> and <c>[Redact]</c> stand.</summary>
internal static class TargetDescriptors
{
    public static readonly DiagnosticDescriptor TargetCannotBeRecorded = Rules.Error(
        Rules.TargetCannotBeRecorded,
        "A target can't be recorded",
        "'{0}' can't be recorded: {1}");

    public static readonly DiagnosticDescriptor TooManyRules = Rules.Error(
        Rules.TooManyRules,
        "Too many rules at one level",
        "'{0}' has {1} rules, of which only the first {2} can apply; join conditions, or move some into a Filter");

    public static readonly DiagnosticDescriptor RedactionCannotReach = Rules.Error(
        Rules.RedactionCannotReach,
        "Redaction can't reach a member",
        "'{0}' is marked with [Redact], but {1}");
}
