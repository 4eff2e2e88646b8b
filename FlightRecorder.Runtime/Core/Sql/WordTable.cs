namespace FlightRecorder;

/// <summary>
/// Values by words of ASCII letters, whose case does not matter; looked up by a part of a text without a string of it. The generator
/// reads SQL with the same source, where there are no frozen sets.
/// </summary>
internal sealed class WordTable<T>
{
    // A quarter full, so that a word that is not there is mostly told by its first place.
    private readonly (string Word, T Value)[] _places;

    public WordTable(params (string Word, T Value)[] rows)
    {
        int size = 16;
        while (size < rows.Length * 4)
        {
            size *= 2;
        }

        _places = new (string, T)[size];
        foreach ((string Word, T Value) row in rows)
        {
            _places[PlaceOf(row.Word.AsSpan())] = row;
        }
    }

    public bool Contains(ReadOnlySpan<char> word) => TryGet(word, out _);

    public bool TryGet(ReadOnlySpan<char> word, out T value)
    {
        (string found, value) = _places[PlaceOf(word)];
        return found is not null;
    }

    private int PlaceOf(ReadOnlySpan<char> word)
    {
        int mask = _places.Length - 1;
        int place = Hash(word) & mask;
        while (_places[place].Word is { } known && !word.Equals(known.AsSpan(), StringComparison.OrdinalIgnoreCase))
        {
            place = (place + 1) & mask;
        }

        return place;
    }

    // Letters lose their case by one bit; what else that bit confuses is told apart by the comparison.
    private static int Hash(ReadOnlySpan<char> word)
    {
        int hash = word.Length;
        foreach (char c in word.Length > 8 ? word.Slice(word.Length - 8) : word)
        {
            hash = (hash * 31) + (c | 0x20);
        }

        return hash ^ (hash >> 7);
    }
}

/// <summary>Words without values.</summary>
internal static class WordSet
{
    public static WordTable<bool> Of(string words)
        => new(Array.ConvertAll(words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), static word => (word, true)));
}
