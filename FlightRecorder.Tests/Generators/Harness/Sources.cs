using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlightRecorder.Tests.Generators.Harness;

/// <summary>Compilations of source text, as a web project below /repo would have them.</summary>
internal static class Sources
{
    public const string Root = "/repo";
    public const string DefaultPath = "/repo/Shop/Code.cs";

    public const string UsingsPath = "/repo/Shop/Usings.cs";

    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading.Tasks;
        global using FlightRecorder;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Http.HttpResults;
        global using Microsoft.AspNetCore.Mvc;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.EntityFrameworkCore;
        """;

    public static CSharpParseOptions Parse { get; } = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp12);

    public static CSharpCompilation Compile(string code, string assembly = "Shop", string path = DefaultPath, params MetadataReference[] more)
        => CSharpCompilation.Create(
            assembly,
            [Tree(Usings, UsingsPath), Tree(code, path)],
            [.. References.All, .. more],
            Options(code));

    public static SyntaxTree Tree(string code, string path) => CSharpSyntaxTree.ParseText(code, Parse, path);

    /// <summary>A referenced assembly, compiled from source.</summary>
    public static MetadataReference Library(string code, string assembly = "Library")
    {
        using var image = new MemoryStream();
        var result = Compile(code, assembly, "/elsewhere/Library.cs").Emit(image);
        Assert.That(result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error), Is.Empty);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    // A file with top-level statements is an app, anything else a library.
    private static CSharpCompilationOptions Options(string code)
    {
        bool isApp = CSharpSyntaxTree.ParseText(code, Parse).GetRoot().ChildNodes().Any(node => node.IsKind(SyntaxKind.GlobalStatement));
        return new CSharpCompilationOptions(
            isApp ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            generalDiagnosticOption: ReportDiagnostic.Error,
            specificDiagnosticOptions: ImmutableDictionary<string, ReportDiagnostic>.Empty
                .Add("CS8019", ReportDiagnostic.Suppress)
                .Add("CS1701", ReportDiagnostic.Suppress)
                .Add("CS1702", ReportDiagnostic.Suppress));
    }
}
