using System.Buffers;
using System.Text.Json;
using FlightRecorder.CompilerServices;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Reads what a row holds inside itself, complex properties and owned types, as JSON by property names.</summary>
internal sealed class NestedReader(OwnedRows owned, HiddenValues hidden, RowVersion version)
{
    public JsonFragment Read(ComplexPropertyEntry complex, RedactionMap? map) => Write(writer => WriteComplex(writer, complex, map));

    public JsonFragment Read(ComplexCollectionEntry complex, RedactionMap? map) => Write(writer => WriteCollection(writer, complex, map));

    public JsonFragment? Read(EntityEntry owner, INavigation navigation, RedactionMap? map)
        => navigation.IsCollection || owned.Of(owner, navigation, version).Any() ? Write(writer => WriteOwned(writer, owner, navigation, map)) : null;

    private static JsonFragment Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return new JsonFragment(buffer.WrittenSpan.ToArray());
    }

    private void WriteComplex(Utf8JsonWriter writer, ComplexPropertyEntry complex, RedactionMap? map)
    {
        // Without a value the entry has no members to read, but those that were.
        if (version == RowVersion.Before
            ? OptionalComplex.IsAbsent(complex.Metadata, property => complex.Property(property).OriginalValue)
            : complex.CurrentValue is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        WriteProperties(writer, complex.Properties, map);
        WriteComplexMembers(writer, complex.ComplexProperties, complex.ComplexCollections, map);
        writer.WriteEndObject();
    }

    private void WriteComplexMembers(
        Utf8JsonWriter writer, IEnumerable<ComplexPropertyEntry> properties, IEnumerable<ComplexCollectionEntry> collections, RedactionMap? map)
    {
        foreach (ComplexPropertyEntry inner in properties)
        {
            writer.WritePropertyName(inner.Metadata.Name);
            WriteComplex(writer, inner, map?.Nested(inner.Metadata.Name));
        }

        foreach (ComplexCollectionEntry inner in collections)
        {
            writer.WritePropertyName(inner.Metadata.Name);
            WriteCollection(writer, inner, map?.Nested(inner.Metadata.Name));
        }
    }

    private void WriteCollection(Utf8JsonWriter writer, ComplexCollectionEntry collection, RedactionMap? map)
    {
        System.Collections.IList? elements = version == RowVersion.Before ? Originals(collection) : collection.CurrentValue as System.Collections.IList;
        if (elements is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        for (int i = 0; i < elements.Count; i++)
        {
            WriteElement(writer, version == RowVersion.Before ? collection.GetOriginalEntry(i) : collection[i], map);
        }

        writer.WriteEndArray();
    }

    private static System.Collections.IList? Originals(ComplexCollectionEntry collection)
        => collection.EntityEntry.OriginalValues[(IComplexProperty)collection.Metadata];

    private void WriteElement(Utf8JsonWriter writer, ComplexElementEntry element, RedactionMap? map)
    {
        writer.WriteStartObject();
        WriteProperties(writer, element.Properties, map);
        WriteComplexMembers(writer, element.ComplexProperties, element.ComplexCollections, map);
        writer.WriteEndObject();
    }

    private void WriteOwned(Utf8JsonWriter writer, EntityEntry owner, INavigation navigation, RedactionMap? map)
    {
        if (navigation.IsCollection)
        {
            writer.WriteStartArray();
        }

        foreach (EntityEntry entry in owned.Of(owner, navigation, version))
        {
            WriteOwned(writer, entry, map);
        }

        if (navigation.IsCollection)
        {
            writer.WriteEndArray();
        }
    }

    // The key of an owned row only repeats that of its owner.
    private void WriteOwned(Utf8JsonWriter writer, EntityEntry entry, RedactionMap? map)
    {
        writer.WriteStartObject();
        WriteProperties(writer, entry.Properties.Where(property => !(property.Metadata.IsShadowProperty() && property.Metadata.IsKey())), map);
        WriteComplexMembers(writer, entry.ComplexProperties, entry.ComplexCollections, map);
        foreach (INavigation navigation in OwnedRows.FoldedNavigations(entry.Metadata))
        {
            writer.WritePropertyName(navigation.Name);
            if (!navigation.IsCollection && !owned.Of(entry, navigation, version).Any())
            {
                writer.WriteNullValue();
                continue;
            }

            WriteOwned(writer, entry, navigation, map?.Nested(navigation.Name));
        }

        writer.WriteEndObject();
    }

    private void WriteProperties(Utf8JsonWriter writer, IEnumerable<PropertyEntry> properties, RedactionMap? map)
    {
        foreach (PropertyEntry property in properties)
        {
            object? value = EntityValue.Of(version == RowVersion.Before ? property.OriginalValue : property.CurrentValue);
            hidden.Note(map, property.Metadata.Name, value);
            writer.WritePropertyName(property.Metadata.Name);
            JsonScalar.Write(writer, value);
        }
    }
}
