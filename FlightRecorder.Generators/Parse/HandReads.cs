using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators.Parse;

/// <summary>Whether a handler visibly reads or writes a body past the framework; what it calls is not followed.</summary>
internal static class HandReads
{
    private static readonly string[] s_requests = ["Microsoft.AspNetCore.Http.HttpContext", "Microsoft.AspNetCore.Http.HttpRequest"];
    private static readonly string[] s_bodies = ["Body", "BodyReader", "BodyWriter", "Form"];
    private static readonly string[] s_reads = ["ReadFromJsonAsync", "ReadFormAsync"];
    private static readonly string[] s_writes = ["WriteAsJsonAsync"];

    /// <summary>Whether the type holds the request, of which the body is but a part.</summary>
    public static bool IsRequest(ITypeSymbol type) => s_requests.Any(name => type.IsNamed(name));

    public static bool Reads(IMethodSymbol handler) => Uses(handler, "Request", s_reads);

    public static bool Writes(IMethodSymbol handler) => Uses(handler, "Response", s_writes);

    private static bool Uses(IMethodSymbol handler, string side, string[] calls)
        => handler.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is { } node
            && node.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(access => Uses(access, side, calls));

    private static bool Uses(MemberAccessExpressionSyntax access, string side, string[] calls)
        => calls.Contains(access.Name.Identifier.ValueText)
            || (s_bodies.Contains(access.Name.Identifier.ValueText) && string.Equals(Last(access.Expression), side, StringComparison.OrdinalIgnoreCase));

    private static string Last(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };
}
