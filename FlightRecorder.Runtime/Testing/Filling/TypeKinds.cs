using System.Reflection;
using System.Text.Json.Serialization;

namespace FlightRecorder.Testing;

/// <summary>Tells collections, dictionaries and objects apart, and finds what an abstract type may hold.</summary>
internal static class TypeKinds
{
    /// <summary>Key and value types of a dictionary, or null.</summary>
    public static (Type Key, Type Value)? Dictionary(Type type)
        => (Face(type, typeof(IDictionary<,>)) ?? Face(type, typeof(IReadOnlyDictionary<,>))) is { } face
            ? (face.GetGenericArguments()[0], face.GetGenericArguments()[1])
            : null;

    /// <summary>The type of a collection's elements, or null.</summary>
    public static Type? Element(Type type)
        => type == typeof(string) ? null
            : type.IsArray ? type.GetElementType()
            : Face(type, typeof(IEnumerable<>))?.GetGenericArguments()[0];

    /// <summary>The types that a value of an abstract type may have: the declared derived ones, else those of its assembly.</summary>
    public static IReadOnlyList<Type> Concrete(Type type)
    {
        if (type is { IsAbstract: false, IsInterface: false })
        {
            return [type];
        }

        Type[] declared = [.. type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(derived => derived.DerivedType)];
        return declared.Length > 0
            ? declared
            : [.. type.Assembly.GetTypes().Where(other => other is { IsAbstract: false, ContainsGenericParameters: false } && type.IsAssignableFrom(other)).OrderBy(other => other.FullName, StringComparer.Ordinal)];
    }

    /// <summary>A type of the platform, whose members are no one's DTO.</summary>
    public static bool IsFramework(Type type)
        => type.Namespace is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal));

    private static Type? Face(Type type, Type definition)
        => type.GetInterfaces().Append(type).FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == definition);
}
