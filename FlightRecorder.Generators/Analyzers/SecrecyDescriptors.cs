using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Analyzers;

/// <summary>The diagnostics on what is hidden and what is not: advice that can be configured.</summary>
internal static class SecrecyDescriptors
{
    public static readonly DiagnosticDescriptor SecretNameUnmarked = Rules.Advice(
        Rules.SecretNameUnmarked,
        "A recorded member has a secret's name and no mark",
        "'{0}' has a secret's name and is recorded; mark it with [Redact], or with [Reveal] if it is no secret",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor RedactionWithoutEffect = Rules.Advice(
        Rules.RedactionWithoutEffect,
        "Nothing recorded leads to a redacted member",
        "'{0}' is marked with [Redact], but nothing recorded leads to '{1}'; record a handler or DbContext that uses it, or remove the mark",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor BodyTypeUnknown = Rules.Advice(
        Rules.BodyTypeUnknown,
        "The type of a recorded body can't be known at compile time",
        "The type of the {0} of '{1}' is unknown, so in it every name is hidden that any [Redact] marks: {2}",
        DiagnosticSeverity.Info,
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor MarksNotCompiled = Rules.Advice(
        Rules.MarksNotCompiled,
        "Marks of a referenced assembly are not compiled",
        "'{0}' has types with [Redact] ({1}) but was built without the FlightRecorder generator, so they hide nothing where a body's type is unknown; reference FlightRecorder.Runtime in the project of '{0}' itself",
        DiagnosticSeverity.Warning,
        WellKnownDiagnosticTags.CompilationEnd);
}
