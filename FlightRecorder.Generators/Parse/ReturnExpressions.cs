using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators.Parse;

/// <summary>What a handler that returns <c>IResult</c> or <c>IActionResult</c> puts into its results: <c>Ok(order)</c>.</summary>
internal static class ReturnExpressions
{
    private static readonly string[] s_notBodies = ["routeValues", "routeValue"];

    /// <summary>The types handed to results, or null when a returned expression can't be read.</summary>
    public static IEnumerable<ITypeSymbol>? Types(IMethodSymbol handler, Compilation compilation)
    {
        if (handler.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not { } node || !compilation.ContainsSyntaxTree(node.SyntaxTree))
        {
            return null;
        }

        SemanticModel semantics = compilation.GetSemanticModel(node.SyntaxTree);
        IEnumerable<ITypeSymbol>?[] each = [.. Returned(node).SelectMany(Branches).Select(expression => OfExpression(expression, semantics))];
        return each.Length == 0 ? null : All(each)?.Select(type => Substitution.Apply(type, handler.ContainingType));
    }

    // One part that can't be read makes the whole unknown.
    private static IEnumerable<ITypeSymbol>? All(IReadOnlyCollection<IEnumerable<ITypeSymbol>?> parts)
        => parts.Any(types => types is null) ? null : parts.SelectMany(types => types!);

    private static IEnumerable<ExpressionSyntax> Returned(SyntaxNode handler)
    {
        ExpressionSyntax? expression = handler switch
        {
            MethodDeclarationSyntax method => method.ExpressionBody?.Expression,
            LocalFunctionStatementSyntax function => function.ExpressionBody?.Expression,
            LambdaExpressionSyntax lambda => lambda.ExpressionBody,
            _ => null,
        };
        return expression is not null
            ? [expression]
            : handler.DescendantNodes(node => node == handler || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
                .OfType<ReturnStatementSyntax>()
                .Select(statement => statement.Expression)
                .OfType<ExpressionSyntax>();
    }

    private static IEnumerable<ExpressionSyntax> Branches(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Branches(inner.Expression),
        CastExpressionSyntax cast => Branches(cast.Expression),
        AwaitExpressionSyntax awaited => Branches(awaited.Expression),
        ConditionalExpressionSyntax choice => Branches(choice.WhenTrue).Concat(Branches(choice.WhenFalse)),
        SwitchExpressionSyntax choice => choice.Arms.SelectMany(arm => Branches(arm.Expression)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either => Branches(either.Left).Concat(Branches(either.Right)),
        ThrowExpressionSyntax => [],
        _ => [expression],
    };

    private static IEnumerable<ITypeSymbol>? OfExpression(ExpressionSyntax expression, SemanticModel semantics)
    {
        ISymbol? symbol = semantics.GetSymbolInfo(expression).Symbol;
        ITypeSymbol? type = semantics.GetTypeInfo(expression).Type;
        if (symbol is IMethodSymbol method && IsFactory(method))
        {
            return Arguments(expression, method, semantics);
        }

        // Anything else must say what it is by its type: TypedResults, a variable of type Ok<T>.
        return type is null ? null : ResponseTypes.Returned(type);
    }

    private static bool IsFactory(IMethodSymbol method) => TypeShapes.IsFramework(method.ContainingType);

    private static IEnumerable<ITypeSymbol>? Arguments(ExpressionSyntax expression, IMethodSymbol method, SemanticModel semantics)
    {
        SeparatedSyntaxList<ArgumentSyntax> arguments = expression switch
        {
            InvocationExpressionSyntax call => call.ArgumentList.Arguments,
            BaseObjectCreationExpressionSyntax { ArgumentList: { } list } => list.Arguments,
            _ => default,
        };
        IEnumerable<ITypeSymbol>?[] each = [.. arguments.Select((argument, index) => OfArgument(argument.Expression, Parameter(argument, index, method), semantics))];

        // new JsonResult(null) { Value = order }
        bool isInitialized = expression is BaseObjectCreationExpressionSyntax { Initializer: not null };
        return isInitialized ? null : All(each);
    }

    private static IEnumerable<ITypeSymbol>? OfArgument(ExpressionSyntax argument, IParameterSymbol? parameter, SemanticModel semantics)
    {
        if (parameter?.Name == "extensions")
        {
            return null;
        }

        if (parameter is null || !IsBody(parameter) || semantics.GetTypeInfo(argument).Type is not { } type)
        {
            return [];
        }

        // Task.FromResult<IResult>(Results.Ok(order))
        return type is INamedTypeSymbol named && ResponseTypes.IsResult(named) ? All([.. Branches(argument).Select(branch => OfExpression(branch, semantics))]) : [type];
    }

    private static IParameterSymbol? Parameter(ArgumentSyntax argument, int index, IMethodSymbol method)
        => argument.NameColon is { } named
            ? method.Parameters.FirstOrDefault(parameter => parameter.Name == named.Name.Identifier.ValueText)
            : method.Parameters.ElementAtOrDefault(index);

    private static bool IsBody(IParameterSymbol parameter)
        => !s_notBodies.Contains(parameter.Name)
            && (parameter.OriginalDefinition.Type.TypeKind == TypeKind.TypeParameter || parameter.Type.SpecialType == SpecialType.System_Object);
}
