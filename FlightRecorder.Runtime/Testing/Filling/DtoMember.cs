using System.Reflection;
using System.Text.Json.Serialization;

namespace FlightRecorder.Testing;

/// <summary>A property that a serializer writes, and how to put a value into it.</summary>
internal sealed class DtoMember
{
    private readonly PropertyInfo _property;
    private readonly ParameterInfo? _parameter;

    private DtoMember(PropertyInfo property)
    {
        _property = property;
        _parameter = property.DeclaringType!.GetConstructors()
            .SelectMany(constructor => constructor.GetParameters())
            .Where(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(parameter => parameter.GetCustomAttributes(inherit: false).Length)
            .FirstOrDefault();
        Rules = new ValueRules([.. property.GetCustomAttributes(inherit: true), .. _parameter?.GetCustomAttributes(inherit: true) ?? []]);
    }

    public string Name => _property.Name;

    public Type Type => _property.PropertyType;

    public ValueRules Rules { get; }

    /// <summary>Whether it never reaches JSON.</summary>
    public bool IsIgnored => _property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always };

    public static IEnumerable<DtoMember> Of(Type type)
        => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0 && property.CanRead)
            .GroupBy(property => property.Name, StringComparer.Ordinal)
            .Select(sameName => new DtoMember(sameName.MaxBy(property => Depth(property.DeclaringType))!));

    public bool IsMarked(MarkedMembers marked) => marked.IsMarked(_property, _parameter);

    public object? Get(object owner) => _property.GetValue(owner);

    /// <summary>Sets the value, by an init or private setter too, else in the field behind it; false when there is neither.</summary>
    public bool TrySet(object owner, object? value)
    {
        // Declared where it stands: a private setter of a base class is not seen from the derived one.
        PropertyInfo declared = _property.DeclaringType!.GetProperty(Name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) ?? _property;
        if (declared.GetSetMethod(nonPublic: true) is { } setter)
        {
            setter.Invoke(owner, [value]);
            return true;
        }

        FieldInfo? field = declared.DeclaringType!.GetField($"<{Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance);
        field?.SetValue(owner, value);
        return field is not null;
    }

    private static int Depth(Type? type) => type is null ? 0 : 1 + Depth(type.BaseType);
}
