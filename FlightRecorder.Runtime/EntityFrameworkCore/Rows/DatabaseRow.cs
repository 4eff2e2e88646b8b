using System.Buffers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>A row as the database has it, read apart from the tracked one. What is owned, and collections, are not in it.</summary>
internal static class DatabaseRow
{
    /// <summary>Whether nothing of such rows is left out.</summary>
    public static bool IsWhole(EntityPlan plan) => plan.Folded.Length == 0 && Array.TrueForAll(plan.Complex, IsRead);

    public static NamedValue[] Read(PropertyValues values, EntityPlan plan)
    {
        var row = new List<NamedValue>(plan.Properties.Length + plan.Complex.Length);
        foreach (PropertyPlan property in plan.Properties)
        {
            row.Add(new NamedValue(property.Name, EntityValue.Of(values[property.Property])));
        }

        foreach (IComplexProperty complex in plan.Complex.Where(IsRead))
        {
            row.Add(new NamedValue(complex.Name, Nested(values, complex)));
        }

        return [.. row];
    }

    private static bool IsRead(IComplexProperty complex) => !complex.IsCollection && complex.ComplexType.GetComplexProperties().All(IsRead);

    private static JsonFragment Nested(PropertyValues values, IComplexProperty complex)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, values, complex);
        }

        return new JsonFragment(buffer.WrittenSpan.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, PropertyValues values, IComplexProperty complex)
    {
        if (OptionalComplex.IsAbsent(complex, property => values[property]))
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        foreach (IProperty property in complex.ComplexType.GetProperties())
        {
            writer.WritePropertyName(property.Name);
            JsonScalar.Write(writer, EntityValue.Of(values[property]));
        }

        foreach (IComplexProperty inner in complex.ComplexType.GetComplexProperties())
        {
            writer.WritePropertyName(inner.Name);
            Write(writer, values, inner);
        }

        writer.WriteEndObject();
    }
}
