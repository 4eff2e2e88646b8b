using System.Collections.Immutable;
using System.Composition;
using FlightRecorder.Generators.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace FlightRecorder.Generators.CodeFixes;

/// <summary>Removes a <c>[Redact]</c> that hides nothing.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveRedactFix)), Shared]
public sealed class RemoveRedactFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.RedactionCannotReach, Rules.RedactionWithoutEffect];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider()
        => FixAllProvider.Create(static async (context, document, found) => await AttributeRemoval.ApplyAsync(document, found, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        context.RegisterCodeFix(
            CodeAction.Create("Remove [Redact]", cancellation => AttributeRemoval.ApplyAsync(context.Document, context.Diagnostics, cancellation), nameof(RemoveRedactFix)),
            context.Diagnostics);
        return Task.CompletedTask;
    }
}
