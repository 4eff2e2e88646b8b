using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>A tracked row by the values of a key.</summary>
internal readonly struct RowId : IEquatable<RowId>
{
    private readonly IKey? _key;
    private readonly object?[] _values;

    private RowId(IKey? key, object?[] values)
    {
        _key = key;
        _values = values;
    }

    /// <param name="entry">The row, or one that refers to it.</param>
    /// <param name="key">The key that identifies the row.</param>
    /// <param name="properties">The properties of the entry that hold the key's values; the key's own when null.</param>
    public static RowId Of(EntityEntry entry, IKey? key, IReadOnlyList<IProperty>? properties = null)
        => new(key, [.. (properties ?? key?.Properties ?? []).Select(property => entry.CurrentValues[property])]);

    public bool Equals(RowId other)
        => _key == other._key && _values.AsSpan().SequenceEqual(other._values);

    public override bool Equals(object? obj) => obj is RowId other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(_key);
        foreach (object? value in _values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
