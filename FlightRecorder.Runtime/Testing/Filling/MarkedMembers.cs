using System.Reflection;
using System.Text.Json.Serialization;

namespace FlightRecorder.Testing;

/// <summary>Which members the recorder promises to hide, read from the same marks that the generator compiles.</summary>
internal sealed class MarkedMembers(IList<string>? names)
{
    private readonly HashSet<string> _names = new((names ?? []).Select(NameFold.Of), StringComparer.Ordinal);

    public static bool IsMarked(Type type) => type.IsDefined(typeof(RedactAttribute), inherit: true);

    public bool IsMarked(PropertyInfo property, ParameterInfo? parameter)
        => Has<RedactAttribute>(property, parameter) || (!Has<RevealAttribute>(property, parameter) && IsSecretName(property));

    private bool IsSecretName(PropertyInfo property)
        => IsSecret(property.Name) || (property.GetCustomAttribute<JsonPropertyNameAttribute>() is { } json && IsSecret(json.Name));

    private bool IsSecret(string name) => NameFold.Of(name) is var folded && (SecretNames.Contains(folded) || _names.Contains(folded));

    private static bool Has<TAttribute>(PropertyInfo property, ParameterInfo? parameter)
        where TAttribute : Attribute
        => Attribute.IsDefined(property, typeof(TAttribute), inherit: true) || parameter?.IsDefined(typeof(TAttribute), inherit: false) == true;
}
