using FlightRecorder.CompilerServices;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// A property's value as a row keeps it: the model's value, not what a converter makes of it for the database; the names of
/// enums, the text of value objects.
/// </summary>
internal static class EntityValue
{
    /// <summary>The value; of a type that has members to redact, only its name: its text would show them.</summary>
    public static object? Of(object? value)
    {
        object? captured = CapturedValue.Of(value);
        return captured is string && value is not string && HasRules(value!.GetType())
            ? "(" + value.GetType().Name + ")"
            : captured;
    }

    /// <summary>Whether the type has members to redact.</summary>
    public static bool HasRules(Type type)
        => GeneratedCode.Assemblies.Any(assembly => assembly.Maps.Any(pair => pair.Key == type && (pair.Value.Whole is not null || pair.Value.Members.Count > 0)));
}
