using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>Reads a type found in the source of a generic class as the constructed class has it: <c>T</c> in <c>CrudController&lt;Order&gt;</c> is <c>Order</c>.</summary>
internal static class Substitution
{
    public static ITypeSymbol Apply(ITypeSymbol type, INamedTypeSymbol within) => type switch
    {
        ITypeParameterSymbol parameter => Argument(parameter, within) ?? type,
        INamedTypeSymbol { IsGenericType: true, ContainingType: null } named
            => named.OriginalDefinition.Construct([.. named.TypeArguments.Select(argument => Apply(argument, within))]),
        _ => type,
    };

    private static ITypeSymbol? Argument(ITypeParameterSymbol parameter, INamedTypeSymbol within)
        => SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, within.OriginalDefinition) && parameter.Ordinal < within.TypeArguments.Length
            ? within.TypeArguments[parameter.Ordinal]
            : null;
}
