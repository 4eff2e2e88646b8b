using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>The type of a handler's response body.</summary>
internal static class ResponseTypes
{
    private static readonly string[] s_wrappers =
    [
        "System.Threading.Tasks.Task", "System.Threading.Tasks.ValueTask", "Microsoft.AspNetCore.Mvc.ActionResult",
    ];

    public static BodyModel Body(IMethodSymbol handler, TypeGraph graph, Compilation compilation)
    {
        ITypeSymbol[] produced = [.. Produced(handler)];
        IEnumerable<ITypeSymbol>? returned = Returned(handler.ReturnType) ?? ReturnExpressions.Types(handler, compilation);
        ITypeSymbol[] types = [.. (returned ?? []).Concat(produced)];
        string?[] each = [.. types.Select(graph.AddDirect)];
        string[] keys = [.. each.OfType<string>().Distinct()];
        int open = Array.IndexOf(each, MapModel.UnknownKey);
        return returned is null ? BodyModel.UnknownFor("what is returned does not say its type; return it, or a typed result of it")
            : open >= 0 ? BodyModel.UnknownFor($"'{TypeShapes.NameOf(types[open])}' can hold anything; return a type of your own")
            : keys.Length == 0 && HandReads.Writes(handler) ? BodyModel.UnknownFor("it is written by hand; return the value instead")
            : Choose(keys, graph);
    }

    /// <summary>The types a declared return type stands for; null where it names none (<c>IResult</c> and the like).</summary>
    public static IEnumerable<ITypeSymbol>? Returned(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol named)
        {
            return [type];
        }

        if (named.IsGenericType && s_wrappers.Any(wrapper => named.IsNamed(wrapper)))
        {
            return Returned(named.TypeArguments[0]);
        }

        if (named.SpecialType == SpecialType.System_Void || s_wrappers.Take(2).Any(wrapper => named.IsNamed(wrapper)))
        {
            return [];
        }

        return IsResult(named) ? OfResult(named) : [type];
    }

    // Ok<T> and its like say their type; Ok, NoContent and ProblemHttpResult have none of the user's; IResult and IActionResult say nothing.
    private static IEnumerable<ITypeSymbol>? OfResult(INamedTypeSymbol type)
    {
        bool isTyped = type.ContainingNamespace.ToDisplayString() == "Microsoft.AspNetCore.Http.HttpResults";
        if (!isTyped)
        {
            return null;
        }

        if (type.Name != "Results")
        {
            return type.TypeArguments;
        }

        IEnumerable<ITypeSymbol>?[] each = [.. type.TypeArguments.Select(Returned)];
        return each.Any(types => types is null) ? null : each.SelectMany(types => types!);
    }

    /// <summary>Whether the type is a result that the framework executes, not a value that it serializes.</summary>
    public static bool IsResult(INamedTypeSymbol type)
        => type.SelfAndBases().Concat(type.AllInterfaces).Any(face
            => face.IsNamed("Microsoft.AspNetCore.Http.IResult") || face.IsNamed("Microsoft.AspNetCore.Mvc.IActionResult"));

    private static IEnumerable<ITypeSymbol> Produced(IMethodSymbol handler)
        => handler.GetAttributes()
            .Where(attribute => attribute.AttributeClass.IsNamed(KnownNames.ProducesResponseType))
            .SelectMany(attribute => attribute.AttributeClass!.TypeArguments
                .Concat(attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(named => named.Value)).Select(argument => argument.Kind == TypedConstantKind.Type ? argument.Value : null).OfType<ITypeSymbol>()))
            .Where(type => type.SpecialType != SpecialType.System_Void);

    // Of several types only those with rules compete; two of them can't be told apart at run time.
    private static BodyModel Choose(string[] keys, TypeGraph graph)
    {
        string[] marked = keys.Length < 2 ? keys : [.. keys.Where(graph.HasRules)];
        return marked.Length > 1
            ? BodyModel.UnknownFor("several types with marks of their own are returned")
            : new BodyModel { MapKey = marked.FirstOrDefault() ?? keys.FirstOrDefault(), Whole = null, Unknown = null };
    }
}
