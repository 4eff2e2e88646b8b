using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>A member that is written to JSON or to a row.</summary>
internal sealed class TypeMember(ISymbol symbol, ITypeSymbol type, IReadOnlyList<ISymbol> alsoMarked, IReadOnlyList<string> names, IReadOnlyList<ISymbol> fillers)
{
    private IEnumerable<ISymbol> Marked => symbol.SelfAndOverridden().Concat(alsoMarked);

    public ISymbol Symbol => symbol;

    public ITypeSymbol Type => type;

    public IReadOnlyList<string> Names => names;

    /// <summary>The names that attributes give it where it is bound from route, query, header or form.</summary>
    public IEnumerable<string> BoundNames => Binding.Names(symbol).Concat(fillers.SelectMany(Binding.Names));

    public bool IsHeader => fillers.Prepend(symbol).Any(current => current.Has(KnownNames.FromHeader));

    public string? Mode => Marked.Select(RedactMarks.Mode).FirstOrDefault(mode => mode is not null);

    public bool Revealed => Marked.Any(RedactMarks.IsRevealed);

    public bool HasConverter => symbol.Has(KnownNames.JsonConverter);

    /// <summary>Whether it holds the members that its type does not declare.</summary>
    public bool IsExtensionData => symbol.Has(KnownNames.JsonExtensionData) || symbol.Has(KnownNames.NewtonsoftExtensionData);

    /// <summary>Whether a value can be put into it: by a setter, or by a constructor's parameter of its name.</summary>
    public bool IsFilled
        => symbol is IFieldSymbol { IsReadOnly: false } or IPropertySymbol { SetMethod: not null }
            || symbol.ContainingType.InstanceConstructors.SelectMany(constructor => constructor.Parameters).Any(filler
                => string.Equals(filler.Name, symbol.Name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The members of a type that a serializer or EF Core reaches.</summary>
internal static class TypeMembers
{
    private static readonly (string Attribute, string Property)[] s_names =
    [
        (KnownNames.JsonPropertyName, "Name"), (KnownNames.NewtonsoftProperty, "PropertyName"), (KnownNames.DataMember, "Name"),
    ];

    public static IEnumerable<TypeMember> Of(INamedTypeSymbol type, MapKind kind)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        IEnumerable<INamedTypeSymbol> declaring = type.TypeKind == TypeKind.Interface ? [type, .. type.AllInterfaces] : type.SelfAndBases();
        IReadOnlyList<IPropertySymbol> promised = Promised(type);
        IParameterSymbol[] parameters = [.. ConstructorParameters(type)];
        foreach (INamedTypeSymbol current in declaring)
        {
            foreach (ISymbol member in current.GetMembers())
            {
                if (MemberType(member) is { } memberType && IsReached(member, kind) && seen.Add(member.Name))
                {
                    IParameterSymbol[] fillers = [.. parameters.Where(parameter => string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase))];
                    string[] bound = [.. member.SelfAndOverridden().Concat(fillers).SelectMany(Binding.Names)];
                    yield return new TypeMember(member, memberType, [.. Marked(fillers), .. Implemented(promised, type, member)], [.. Names(member, kind).Concat(bound).Distinct()], fillers);
                }
            }
        }
    }

    /// <summary>The public or opted-in members for a body; every mapped one for a row.</summary>
    public static bool IsReached(ISymbol member, MapKind kind) => kind == MapKind.Row ? IsColumn(member) : IsSerialized(member);

    public static bool IsAlwaysIgnored(ISymbol member)
        => member.Attribute(KnownNames.JsonIgnore) is { } ignore
            && !ignore.NamedArguments.Any(argument => argument is { Key: "Condition", Value.Value: not 1 });

    // Public fields count although they need IncludeFields: whether that option is on is known at run time only.
    private static bool IsSerialized(ISymbol member)
        => member.SelfAndOverridden().All(current => !IsAlwaysIgnored(current))
            && (member.DeclaredAccessibility == Accessibility.Public || member.Has(KnownNames.JsonInclude));

    private static bool IsColumn(ISymbol member) => !member.Has(KnownNames.NotMapped) && !(member is IPropertySymbol { GetMethod: null });

    private static ITypeSymbol? MemberType(ISymbol member) => member switch
    {
        { IsStatic: true } => null,
        IPropertySymbol { IsIndexer: false, ExplicitInterfaceImplementations.IsEmpty: true } property when !IsEqualityContract(property) => property.Type,
        IFieldSymbol { IsConst: false } field when !field.IsImplicitlyDeclared || field.ContainingType.IsTupleType => field.Type,
        _ => null,
    };

    private static bool IsEqualityContract(IPropertySymbol property) => property is { Name: "EqualityContract", IsImplicitlyDeclared: true };

    // What an interface marks is marked in each class that implements it.
    private static IReadOnlyList<IPropertySymbol> Promised(INamedTypeSymbol type)
        => type.TypeKind == TypeKind.Interface ? [] :
        [
            .. type.AllInterfaces.Where(face => !TypeShapes.IsFramework(face))
                .SelectMany(face => face.GetMembers().OfType<IPropertySymbol>())
                .Where(property => RedactMarks.Mode(property) is not null || RedactMarks.IsRevealed(property)),
        ];

    private static IEnumerable<ISymbol> Implemented(IReadOnlyList<IPropertySymbol> promised, INamedTypeSymbol type, ISymbol member)
        => promised.Where(property => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(property), member));

    // Those of a derived type, too, may be handed on to what it inherits.
    private static IEnumerable<IParameterSymbol> ConstructorParameters(INamedTypeSymbol type)
        => type.SelfAndBases()
            .Where(current => !TypeShapes.IsFramework(current))
            .SelectMany(current => current.InstanceConstructors)
            .SelectMany(constructor => constructor.Parameters);

    // [Redact] on a positional parameter of a record means its property, and so does one on a constructor's parameter of that name.
    private static IEnumerable<ISymbol> Marked(IEnumerable<IParameterSymbol> fillers)
        => fillers.OrderByDescending(parameter => RedactMarks.Mode(parameter) is not null)
            .Where(parameter => RedactMarks.Mode(parameter) is not null || RedactMarks.IsRevealed(parameter))
            .Take(1);

    // A body may also arrive as a form, and there the member's own name counts. Some serializers take over the name of an overridden member, some don't.
    private static IEnumerable<string> Names(ISymbol member, MapKind kind)
    {
        IEnumerable<string> json = member.SelfAndOverridden()
            .Select(symbol => s_names.Select(known => symbol.Attribute(known.Attribute) is { } named ? NameOf(named, known.Property) : null)
                .FirstOrDefault(name => !string.IsNullOrEmpty(name)))
            .OfType<string>();
        return kind == MapKind.Row ? json.Prepend(member.Name) : json.Append(member.Name);
    }

    private static string? NameOf(AttributeData attribute, string property)
        => attribute.Argument(0) as string ?? attribute.NamedString(property);
}
