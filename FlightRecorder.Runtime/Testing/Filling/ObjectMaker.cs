using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace FlightRecorder.Testing;

/// <summary>Makes empty objects and filled collections of any type a serializer can make.</summary>
internal static class ObjectMaker
{
    /// <summary>An object by its widest public constructor, given plain values; one that refuses them is made without.</summary>
    public static object Make(Type type)
    {
        ConstructorInfo? constructor = type.GetConstructors()
            .OrderByDescending(one => one.IsDefined(typeof(JsonConstructorAttribute)))
            .ThenBy(one => one.GetParameters() is [{ } only] && only.ParameterType == type)
            .ThenByDescending(one => one.GetParameters().Length)
            .FirstOrDefault();
        try
        {
            return constructor?.Invoke([.. constructor.GetParameters().Select(Plain)]) ?? RuntimeHelpers.GetUninitializedObject(type);
        }
        catch (TargetInvocationException)
        {
            return RuntimeHelpers.GetUninitializedObject(type);
        }
    }

    /// <summary>A collection of the declared type, or null when it has no shape that is known.</summary>
    public static object? Collection(Type type, Type element, IReadOnlyList<object?> items)
    {
        var array = Array.CreateInstance(element, items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            array.SetValue(items[i], i);
        }

        return type.IsAssignableFrom(array.GetType()) ? array
            : Assignable(type, typeof(List<>).MakeGenericType(element)) is { } list ? Activator.CreateInstance(list, array)
            : Assignable(type, typeof(HashSet<>).MakeGenericType(element)) is { } set ? Activator.CreateInstance(set, array)
            : FromSequence(type, element, array);
    }

    /// <summary>A dictionary of the declared type, or null when it has no shape that is known.</summary>
    public static object? Dictionary(Type type, Type key, Type value, IEnumerable<(object Key, object? Value)> entries)
    {
        Type usual = typeof(Dictionary<,>).MakeGenericType(key, value);
        object? made = type.IsAssignableFrom(usual) ? Activator.CreateInstance(usual) : type.GetConstructor([])?.Invoke([]);
        if (made is not IDictionary dictionary)
        {
            return null;
        }

        foreach ((object entryKey, object? entryValue) in entries)
        {
            dictionary[entryKey] = entryValue;
        }

        return made;
    }

    private static Type? Assignable(Type to, Type from) => to.IsAssignableFrom(from) ? from : null;

    // A class of the app's own, or an immutable one.
    private static object? FromSequence(Type type, Type element, Array items)
    {
        if (type.GetConstructor([typeof(IEnumerable<>).MakeGenericType(element)]) is { } copying)
        {
            return copying.Invoke([items]);
        }

        if (type.GetConstructor([]) is { } empty && empty.Invoke([]) is IList list)
        {
            foreach (object? item in items)
            {
                list.Add(item);
            }

            return list;
        }

        return null;
    }

    private static object? Plain(ParameterInfo parameter)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return PlainValues.Of(type, ValueRules.None) ?? (type.IsValueType ? RuntimeHelpers.GetUninitializedObject(type) : null);
    }
}
