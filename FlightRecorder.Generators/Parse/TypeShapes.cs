using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>What a type is to a serializer: a leaf, a collection, a dictionary, an object, or anything at all.</summary>
internal static class TypeShapes
{
    // A class that is a sequence of sequences of itself would never end.
    private const int MaxCollectionDepth = 16;

    private static readonly string[] s_frameworkAssemblies = ["System.", "Microsoft.AspNetCore.", "Microsoft.Extensions.", "Microsoft.EntityFrameworkCore."];
    private static readonly string[] s_openTypes =
    [
        "System.Text.Json.JsonElement", "System.Text.Json.JsonDocument", "System.Text.Json.Nodes.JsonNode",
        "System.Text.Json.Nodes.JsonObject", "System.Text.Json.Nodes.JsonArray",
    ];

    private static readonly string[] s_looseTypes = ["Microsoft.AspNetCore.Mvc.ProblemDetails", "System.Data.DataTable", "System.Data.DataSet", "System.Data.DataRow"];

    /// <summary>Holds whatever it is given: nothing of it is known at compile time.</summary>
    public static bool IsOpen(ITypeSymbol type)
        => type.SpecialType == SpecialType.System_Object
            || type.TypeKind is TypeKind.Dynamic or TypeKind.TypeParameter or TypeKind.Error
            || (type is INamedTypeSymbol { IsAnonymousType: true })
            || s_openTypes.Any(name => type.IsNamed(name));

    /// <summary>A type of the framework whose contents have types that only run time knows: collections without an element type, problem details.</summary>
    public static bool HoldsAnything(ITypeSymbol type)
        => IsFramework(type)
            && type.SpecialType != SpecialType.System_String
            && (IsUntypedSequence(type) || (type is INamedTypeSymbol named && named.SelfAndBases().Any(current => s_looseTypes.Any(name => current.IsNamed(name)))));

    /// <summary>The type as a person writes it.</summary>
    public static string NameOf(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);

    /// <summary>A type of the framework, or one that is written as a single value.</summary>
    public static bool IsLeaf(ITypeSymbol type)
        => type.SpecialType is not (SpecialType.None or SpecialType.System_Object)
            || type.TypeKind is TypeKind.Enum or TypeKind.Delegate or TypeKind.Pointer or TypeKind.FunctionPointer
            || IsFramework(type);

    public static bool IsFramework(ITypeSymbol type)
    {
        string assembly = type.ContainingAssembly?.Name ?? "";
        return assembly is "mscorlib" or "netstandard" or "System" or "Microsoft.CSharp"
            || s_frameworkAssemblies.Any(prefix => assembly.StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary><c>Nullable&lt;T&gt;</c> and collections aside, down to what is written for one element, or to a collection that is hidden as a whole.</summary>
    public static ITypeSymbol Unwrap(ITypeSymbol type)
    {
        for (int level = 0; level < MaxCollectionDepth; level++)
        {
            switch (type)
            {
                case IArrayTypeSymbol array:
                    type = array.ElementType;
                    break;
                case INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable:
                    type = nullable.TypeArguments[0];
                    break;
                case INamedTypeSymbol named when !IsHiddenCollection(named) && ElementOf(named) is { } element && !SymbolEqualityComparer.Default.Equals(element, named):
                    type = element;
                    break;
                default:
                    return type;
            }
        }

        return type;
    }

    /// <summary>The type of a dictionary's values, or null for anything else.</summary>
    public static ITypeSymbol? DictionaryValue(ITypeSymbol type)
        => Faces(type).FirstOrDefault(IsDictionary)?.TypeArguments[1];

    /// <summary>Written as a list or as a dictionary, whatever members it has.</summary>
    public static bool IsCollection(INamedTypeSymbol type) => Faces(type).Any(face => IsSequence(face) || IsDictionary(face));

    /// <summary>The type of a dictionary's keys, or null for anything else.</summary>
    public static ITypeSymbol? DictionaryKey(ITypeSymbol type)
        => Faces(type).FirstOrDefault(IsDictionary)?.TypeArguments[0];

    private static bool IsHiddenCollection(INamedTypeSymbol type) => !IsFramework(type) && RedactMarks.Whole(type) is not null;

    private static ITypeSymbol? ElementOf(INamedTypeSymbol type)
        => type.SpecialType == SpecialType.System_String || DictionaryValue(type) is not null
            ? null
            : Faces(type).FirstOrDefault(IsSequence)?.TypeArguments[0];

    private static IEnumerable<INamedTypeSymbol> Faces(ITypeSymbol type)
        => type is INamedTypeSymbol named ? [named, .. named.AllInterfaces] : type.AllInterfaces;

    private static bool IsUntypedSequence(ITypeSymbol type)
        => Faces(type).Any(face => face.SpecialType == SpecialType.System_Collections_IEnumerable) && !Faces(type).Any(face => IsSequence(face) || IsDictionary(face));

    private static bool IsSequence(INamedTypeSymbol face)
        => face.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T
            || (face.Arity == 1 && face.IsNamed("System.Collections.Generic.IAsyncEnumerable"));

    private static bool IsDictionary(INamedTypeSymbol face)
        => face.Arity == 2
            && (face.IsNamed("System.Collections.Generic.IDictionary") || face.IsNamed("System.Collections.Generic.IReadOnlyDictionary"));
}
