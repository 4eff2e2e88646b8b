using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>
/// The texts that the generator read at compile time, of all assemblies loaded so far. Built at the first look-up, and again when an
/// assembly was loaded since; a text that occurs in two assemblies has no location, because which of the two called is not known.
/// </summary>
internal sealed class SqlConstants
{
    private static SqlConstants s_current = new([]);

    private readonly GeneratedAssembly[] _assemblies;
    private readonly Place?[] _places;

    private SqlConstants(GeneratedAssembly[] assemblies)
    {
        _assemblies = assemblies;
        ConstantSql[] all = [.. assemblies.SelectMany(static assembly => assembly.Sql?.Invoke() ?? [])];
        int size = 16;
        while (size < all.Length * 2)
        {
            size *= 2;
        }

        _places = new Place?[size];
        foreach (ConstantSql constant in all)
        {
            Add(constant);
        }
    }

    /// <param name="sql">The text of a command.</param>
    /// <param name="hash">Its hash, as <see cref="SqlTextCache"/> computes it.</param>
    /// <returns>What was read at compile time, or null.</returns>
    public static SqlText? Find(string sql, int hash)
    {
        GeneratedAssembly[] assemblies = GeneratedCode.Assemblies;
        SqlConstants current = s_current;
        if (!ReferenceEquals(current._assemblies, assemblies))
        {
            // Two threads may both build it; the results are equal.
            Volatile.Write(ref s_current, current = new SqlConstants(assemblies));
        }

        return current._places[current.PlaceOf(sql, hash)]?.Read();
    }

    private void Add(ConstantSql constant)
    {
        int hash = SqlTextCache.Hash(constant.Text);
        ref Place? place = ref _places[PlaceOf(constant.Text, hash)];
        place = new Place(constant, hash, place is null ? constant.Location : null);
    }

    // Open addressing, half full: the place of the text, or the free one where it would be.
    private int PlaceOf(string sql, int hash)
    {
        int mask = _places.Length - 1;
        int at = hash & mask;
        while (_places[at] is { } place && !(place.Hash == hash && string.Equals(place.Sql, sql)))
        {
            at = (at + 1) & mask;
        }

        return at;
    }

    private sealed class Place(ConstantSql constant, int hash, string? location)
    {
        private SqlText? _text;

        public int Hash => hash;

        public string Sql => constant.Text;

        public SqlText Read() => _text ??= SqlText.Of(constant, location);
    }
}
