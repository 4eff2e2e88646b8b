using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>Whether a map is of a JSON body or of a row.</summary>
internal enum MapKind
{
    Body,
    Row,
}

/// <summary>The redaction maps of the types reachable from what is recorded.</summary>
internal sealed class TypeGraph(Compilation compilation, MapKind kind)
{
    // A generic type that holds a deeper one of itself would never end.
    private const int MaxGenericDepth = 6;

    private readonly Dictionary<string, MapModel> _maps = new(StringComparer.Ordinal);
    private readonly DerivedTypes _derived = DerivedTypes.Of(compilation);

    /// <summary>Adds the type of a body or row, and all it holds. Null when it has no members that a map could name.</summary>
    public string? AddDirect(ITypeSymbol type)
    {
        string? key = Resolve(type);
        if (key is not null and not MapModel.UnknownKey)
        {
            _maps[key] = _maps[key] with { Registered = kind == MapKind.Body };
            _direct.Add(key);
        }

        return key;
    }

    /// <summary>Adds the marks of a type for the sake of their names, also where values of it may be written in any way. Null when it has no members that a map could name.</summary>
    public string? AddMarks(INamedTypeSymbol type)
    {
        string? known = AddDirect(type);
        if (known != MapModel.UnknownKey)
        {
            return known;
        }

        // Without a type, so that it is not taken for the map of a body.
        string key = Key(type);
        _maps[key] = NewMap(type, key) with { Type = null, Registered = true, Members = Members(type).Strictest(WholeOf).ToEquatableArray() };
        _direct.Add(key);
        return key;
    }

    /// <summary>The definitions of the types whose members are recorded; those hidden as a whole are not among them.</summary>
    public IReadOnlyCollection<INamedTypeSymbol> Types => _types;

    /// <summary>The definitions of the types that are marked as a whole, or stand behind a member that is.</summary>
    public IReadOnlyCollection<INamedTypeSymbol> HiddenTypes => _hidden;

    /// <summary>Whether something was met that can hold anything.</summary>
    public bool MeetsUnknown { get; private set; }

    /// <summary>Whether the map hides or reveals anything, itself or in what it holds.</summary>
    public bool HasRules(string key) => MapPruning.WithRules(_maps.Values).Contains(key);

    public EquatableArray<MapModel> ToMaps() => MapPruning.Prune(_maps.Values, _direct);

    /// <summary>All maps with all their members.</summary>
    public EquatableArray<MapModel> ToShapes() => _maps.Values.ToEquatableArray();

    private readonly HashSet<string> _direct = new(StringComparer.Ordinal);
    private readonly HashSet<INamedTypeSymbol> _types = new(SymbolEqualityComparer.Default);
    private readonly HashSet<INamedTypeSymbol> _hidden = new(SymbolEqualityComparer.Default);

    /// <summary>The key of the type's map; <see cref="MapModel.UnknownKey"/> for a type that can hold anything, null for a plain value.</summary>
    public string? Resolve(ITypeSymbol type)
    {
        string? key = Find(type);
        MeetsUnknown |= key == MapModel.UnknownKey;
        return key;
    }

    private string? Find(ITypeSymbol type)
    {
        type = TypeShapes.Unwrap(type);
        if (TypeShapes.IsOpen(type) || (kind == MapKind.Body && TypeShapes.HoldsAnything(type)))
        {
            return MapModel.UnknownKey;
        }

        if (TypeShapes.DictionaryValue(type) is { } value && RedactMarks.Whole(type) is null)
        {
            return Dictionary(type, value);
        }

        return type is INamedTypeSymbol named && !IsLeaf(named) ? Object(named.TupleUnderlyingType ?? named) : null;
    }

    // Generic types of the framework (KeyValuePair, Lazy) are looked into when they hold something of the user's.
    private static bool IsLeaf(INamedTypeSymbol type)
        => TypeShapes.IsLeaf(type) && !(type.IsGenericType && type.TypeArguments.Any(argument => !TypeShapes.IsLeaf(argument)) && type.TypeKind is TypeKind.Class or TypeKind.Struct);

    private string? Dictionary(ITypeSymbol type, ITypeSymbol value)
    {
        string key = Key(type);
        if (_maps.ContainsKey(key))
        {
            return key;
        }

        // Known before its values are looked at, because a dictionary may hold itself.
        _maps[key] = NewMap(type, key);
        if (TypeShapes.DictionaryKey(type) is { } keys && RedactMarks.Whole(keys) is { } hidden)
        {
            // Keys are names in JSON, and names are only hidden with what they lead to.
            _maps[key] = _maps[key] with { Whole = hidden };
            return key;
        }

        if (Resolve(value) is { } values)
        {
            _maps[key] = _maps[key] with { ValuesKey = values };
            return key;
        }

        _maps.Remove(key);
        return null;
    }

    private string Object(INamedTypeSymbol type)
    {
        string key = Key(type);
        if (_maps.ContainsKey(key))
        {
            return key;
        }

        INamedTypeSymbol[] family = [type, .. Descendants(type)];
        if (Whole(family) is { } whole)
        {
            _hidden.UnionWith(family.SelectMany(member => member.SelfAndBases()).Select(member => member.OriginalDefinition));
            _maps[key] = NewMap(type, key) with { Whole = whole, Members = Hidden(family, whole) };
            return key;
        }

        bool isUnknown = family.Any(HasOwnConverter) || (type.IsAbstract && family.Length == 1) || GenericDepth(type) > MaxGenericDepth;
        if (isUnknown && kind == MapKind.Body)
        {
            return MapModel.UnknownKey;
        }

        _maps[key] = NewMap(type, key);
        _types.UnionWith(family.Select(member => member.OriginalDefinition));
        _maps[key] = _maps[key] with { Members = family.SelectMany(Members).Strictest(WholeOf).ToEquatableArray(), Rest = Rest(family) };
        return key;
    }

    private IEnumerable<INamedTypeSymbol> Descendants(INamedTypeSymbol type)
        => type.Attributes(KnownNames.JsonDerivedType)
            .Select(attribute => attribute.Argument(0))
            .OfType<INamedTypeSymbol>()
            .Concat(_derived.Of(type))
            .Distinct(SymbolEqualityComparer.Default)
            .OfType<INamedTypeSymbol>();

    private static string? Whole(INamedTypeSymbol[] family) => family.Select(RedactMarks.Whole).Strictest();

    // Never asked for where the type is known; where it is not, these names tell a value of it.
    private EquatableArray<MemberModel> Hidden(INamedTypeSymbol[] family, string mode)
        => family.Where(type => !TypeShapes.IsCollection(type))
            .SelectMany(type => TypeMembers.Of(type, kind))
            .Where(member => !TypeShapes.IsFramework(member.Symbol.ContainingType))
            .SelectMany(member => member.Names)
            .Select(name => new MemberModel { Name = name, Mode = mode, Revealed = false, NestedKey = null })
            .Strictest(WholeOf)
            .ToEquatableArray();

    private string? WholeOf(string key) => _maps.TryGetValue(key, out MapModel map) ? map.Whole : null;

    private static bool HasOwnConverter(INamedTypeSymbol type) => type.Has(KnownNames.JsonConverter);

    // What [JsonExtensionData] holds stands in the JSON beside the declared members, under names of its own: hidden by its mark, else of unknown type.
    private string? Rest(INamedTypeSymbol[] family)
    {
        TypeMember[] rests = kind == MapKind.Row ? [] : [.. family.SelectMany(type => TypeMembers.Of(type, kind)).Where(member => member.IsExtensionData)];
        return rests.Length == 0 ? null : rests.Select(member => member.Mode).Strictest() ?? MapModel.UnknownKey;
    }

    private IEnumerable<MemberModel> Members(INamedTypeSymbol type)
        => TypeMembers.Of(type, kind).SelectMany(member => member.Names.Select((name, index) => Rule(name, member) with { IsAlias = index > 0 }));

    private MemberModel Rule(string name, TypeMember member)
    {
        string? mode = member.Mode;
        if (mode is not null && TypeShapes.Unwrap(member.Type) is INamedTypeSymbol hidden)
        {
            _hidden.Add(hidden.OriginalDefinition);
        }

        return new MemberModel
        {
            Name = name,
            Mode = mode,
            Revealed = mode is null && member.Revealed,
            NestedKey = mode is null ? Nested(member) : null,
        };
    }

    private string? Nested(TypeMember member) => member.HasConverter && kind == MapKind.Body ? MapModel.UnknownKey : Resolve(member.Type);

    private string Key(ITypeSymbol type) => type.FullName() + " " + kind;

    private MapModel NewMap(ITypeSymbol type, string key) => new()
    {
        Key = key,
        Field = "",
        Type = type.IsNameable(compilation) ? type.FullName() : null,
        Name = type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat.WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes)),
        Location = Places.Of(type),
        Registered = false,
        Whole = null,
        ValuesKey = null,
        Members = EquatableArray<MemberModel>.Empty,
    };

    private static int GenericDepth(ITypeSymbol type) => type switch
    {
        // A type inside a generic one is generic without arguments of its own.
        INamedTypeSymbol { IsGenericType: true } named
            => 1 + named.TypeArguments.Select(GenericDepth).Append(named.ContainingType is { } container ? GenericDepth(container) : 0).Max(),
        IArrayTypeSymbol array => 1 + GenericDepth(array.ElementType),
        _ => 0,
    };
}
