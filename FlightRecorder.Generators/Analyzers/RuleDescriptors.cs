using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Analyzers;

/// <summary>The diagnostics on what a <c>[Record]</c> says.</summary>
internal static class RuleDescriptors
{
    public static readonly DiagnosticDescriptor FilterCannotBeCalled = Rules.Error(
        Rules.FilterCannotBeCalled,
        "A rule's filter can't be called",
        "Filter '{0}' {1}");

    public static readonly DiagnosticDescriptor TwoRulesAtOneLocation = Rules.Error(
        Rules.TwoRulesAtOneLocation,
        "Two rules at one location",
        "Line {0} holds another [Record]; a rule is known by its file and line: write each on a line of its own");

    public static readonly DiagnosticDescriptor SampleRateOutOfRange = Rules.Error(
        Rules.SampleRateOutOfRange,
        "A sample rate is outside 0 to 1",
        "SampleRate {0} is not a share; give a number from 0 (none) to 1 (all)");

    public static readonly DiagnosticDescriptor HeaderValuesWithoutHeader = Rules.Error(
        Rules.HeaderValuesWithoutHeader,
        "Header values without a header",
        "HeaderValues has no effect without Header; name the header the values belong to");

    public static readonly DiagnosticDescriptor EmptyCondition = Rules.Error(
        Rules.EmptyCondition,
        "A condition holds an empty entry",
        "{0} holds an empty entry, which no request matches; remove it or give a value");

    public static readonly DiagnosticDescriptor SlowMillisecondsOutOfRange = Rules.Error(
        Rules.SlowMillisecondsOutOfRange,
        "A slow threshold is negative",
        "SlowMilliseconds {0} is below 0; give a duration in milliseconds, such as 500");

    public static readonly DiagnosticDescriptor RuleIdentityPassed = Rules.Error(
        Rules.RuleIdentityPassed,
        "A rule's file or line is passed by hand",
        "The file and line of a [Record] are its identity and filled in by the compiler; remove the argument");
}
