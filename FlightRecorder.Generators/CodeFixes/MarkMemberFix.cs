using System.Collections.Immutable;
using System.Composition;
using FlightRecorder.Generators.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace FlightRecorder.Generators.CodeFixes;

/// <summary>Marks a member that has a secret's name with <c>[Redact]</c> or with <c>[Reveal]</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MarkMemberFix)), Shared]
public sealed class MarkMemberFix : CodeFixProvider
{
    private static readonly string[] s_marks = ["Redact", "Reveal"];

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.SecretNameUnmarked];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider()
        => FixAllProvider.Create(static async (context, document, found) => await Marks.AddAsync(document, found, context.CodeActionEquivalenceKey ?? s_marks[0], context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (string mark in s_marks)
        {
            context.RegisterCodeFix(
                CodeAction.Create($"Mark with [{mark}]", cancellation => Marks.AddAsync(context.Document, context.Diagnostics, mark, cancellation), mark),
                context.Diagnostics);
        }

        return Task.CompletedTask;
    }
}
