using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlightRecorder.Tests.Architecture;

/// <summary>Prints types and members as their source would declare them, with names in full.</summary>
internal static partial class Declarations
{
    // What changes how code compiles against a member, or whether a user sees it.
    private static readonly HashSet<string> Telling =
    [
        "ObsoleteAttribute", "EditorBrowsableAttribute", "ExperimentalAttribute", "AttributeUsageAttribute", "FlagsAttribute",
        "RequiresUnreferencedCodeAttribute", "RequiresDynamicCodeAttribute", "DynamicallyAccessedMembersAttribute", "NotNullWhenAttribute",
        "MaybeNullWhenAttribute", "NotNullAttribute", "AllowNullAttribute", "CallerFilePathAttribute", "CallerLineNumberAttribute",
    ];

    private static readonly SymbolDisplayFormat Names = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral);

    private static readonly SymbolDisplayFormat Types = Names.AddGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeConstraints);

    private static readonly SymbolDisplayFormat Members = new(
        typeQualificationStyle: Types.TypeQualificationStyle,
        genericsOptions: Types.GenericsOptions,
        memberOptions: SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeAccessibility
            | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeRef,
        parameterOptions: SymbolDisplayParameterOptions.IncludeExtensionThis | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: Types.MiscellaneousOptions);

    /// <summary>The line that opens a type.</summary>
    public static string Head(INamedTypeSymbol type)
    {
        string bases = string.Join(", ", Bases(type).Select(name => name.ToDisplayString(Names)).Order(StringComparer.Ordinal));
        string head = type.TypeKind == TypeKind.Delegate
            ? $"delegate {type.DelegateInvokeMethod!.ReturnType.ToDisplayString(Names)} {type.ToDisplayString(Types.AddParameterOptions(Members.ParameterOptions))}"
            : $"{Modifiers(type)}{Kind(type)} {type.ToDisplayString(Types)}";
        return $"{Attributes(type)}{SyntaxFacts.GetText(type.DeclaredAccessibility)} {head}{(bases.Length > 0 ? " : " + bases : "")}";
    }

    public static string Member(ISymbol member)
        => Attributes(member) + (member.ContainingType.TypeKind == TypeKind.Enum ? EnumMember((IFieldSymbol)member) : member.ToDisplayString(Members)) + Marks(member);

    public static bool Has(ISymbol symbol, string attribute) => symbol.GetAttributes().Any(found => found.AttributeClass?.Name == attribute);

    private static string EnumMember(IFieldSymbol field) => $"{field.Name} = {field.ConstantValue}";

    private static string Attributes(ISymbol symbol)
        => string.Concat(symbol.GetAttributes().Where(IsTelling).Select(attribute => $"[{Written(attribute)}] ").Order(StringComparer.Ordinal));

    // Attributes of parameters, and of what is returned, at the line's end.
    private static string Marks(ISymbol member) => member is not IMethodSymbol method
        ? ""
        : string.Concat(method.Parameters.SelectMany(parameter => parameter.GetAttributes().Where(IsTelling).Select(attribute => $" // [{Written(attribute)}] {parameter.Name}"))
            .Concat(method.GetReturnTypeAttributes().Where(IsTelling).Select(attribute => $" // [return: {Written(attribute)}]"))
            .Concat(method.TypeParameters.SelectMany(parameter => parameter.GetAttributes().Where(IsTelling).Select(attribute => $" // [{Written(attribute)}] {parameter.Name}"))));

    private static bool IsTelling(AttributeData attribute) => attribute.AttributeClass is { } type && Telling.Contains(type.Name);

    private static string Written(AttributeData attribute) => SuffixPattern().Replace(SpacePattern().Replace(attribute.ToString()!, ""), "");

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        bool hasOwnBase = type is { TypeKind: TypeKind.Class, BaseType: { SpecialType: not SpecialType.System_Object } };
        IEnumerable<INamedTypeSymbol> interfaces = type.TypeKind is TypeKind.Enum or TypeKind.Delegate
            ? []
            : type.Interfaces.Where(found => found.DeclaredAccessibility == Accessibility.Public);
        return hasOwnBase ? [type.BaseType!, .. interfaces] : interfaces;
    }

    private static string Modifiers(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Struct } => (type.IsReadOnly ? "readonly " : "") + (type.IsRefLikeType ? "ref " : ""),
        { TypeKind: not TypeKind.Class } => "",
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsSealed: true } => "sealed ",
        _ => "",
    };

    private static string Kind(INamedTypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Struct => type.IsRecord ? "record struct" : "struct",
        TypeKind.Enum => "enum",
        TypeKind.Interface => "interface",
        _ => type.IsRecord ? "record" : "class",
    };

    // Attributes and their enums need no namespace to be told apart.
    [GeneratedRegex(@"\bSystem\.(\w+\.)*(?=\w)")]
    private static partial Regex SpacePattern();

    [GeneratedRegex(@"(?<=^\w+)Attribute\b")]
    private static partial Regex SuffixPattern();
}
