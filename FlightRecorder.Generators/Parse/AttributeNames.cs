using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators.Parse;

/// <summary>Attributes by the name they are written with. An alias is not followed: <c>[Record]</c> is what users write.</summary>
internal static class AttributeNames
{
    /// <summary>Whether the name can mean the attribute of that full name; saves asking the semantic model about every other one.</summary>
    public static bool Matches(NameSyntax name, string attribute)
    {
        string last = name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        string full = attribute.Substring(attribute.LastIndexOf('.') + 1);
        return last == full || last + "Attribute" == full;
    }
}
