namespace FlightRecorder;

/// <summary>Which values differ between rows before and after.</summary>
internal static class RowDifference
{
    /// <summary>The names, in the order of the row; null where the rows can't be held against each other.</summary>
    /// <param name="before">The rows before.</param>
    /// <param name="after">The same rows after, in the same order.</param>
    public static string[]? Of(NamedValue[][]? before, NamedValue[][]? after)
    {
        if (before is not { Length: > 0 } || after?.Length != before.Length)
        {
            return null;
        }

        return [.. before[0].Select(static value => value.Name)
            .Where((_, column) => before.Zip(after).Any(pair => !Same(pair.First[column].Value, pair.Second[column].Value)))];
    }

    private static bool Same(object? left, object? right)
        => left is JsonFragment json && right is JsonFragment other ? json.Utf8.AsSpan().SequenceEqual(other.Utf8) : Equals(left, right);
}
