using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>What of one property does not change from save to save.</summary>
/// <param name="Property">The property.</param>
/// <param name="Index">Its place among the properties of its entity.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsHidden">Whether redaction hides its values.</param>
internal sealed record PropertyPlan(IProperty Property, int Index, string Name, bool IsHidden)
{
    public bool IsKey { get; } = Property.IsKey();

    /// <summary>Part of the primary key, or compared with its old value when the row is changed: then it is sent in the where-clause.</summary>
    public bool IsInWhere { get; } = Property.IsPrimaryKey() || Property.IsConcurrencyToken;

    /// <summary>EF Core may have given it a value that stands in until the database has generated one.</summary>
    public bool MayBeTemporary { get; } = Property.ValueGenerated != ValueGenerated.Never || Property.IsKey() || Property.IsForeignKey();

    public bool IsConverted => Converter is not null;

    private ValueConverter? Converter { get; } = Property.GetTypeMapping().Converter;

    /// <summary>The value as it is sent.</summary>
    public object? Sent(object? value) => Converter is null ? value : Converter.ConvertToProvider(value);
}
