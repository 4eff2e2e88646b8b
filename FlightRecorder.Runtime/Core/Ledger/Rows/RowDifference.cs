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

        var changed = new List<string>();
        for (int column = 0; column < before[0].Length; column++)
        {
            if (Differs(before, after, column))
            {
                changed.Add(before[0][column].Name);
            }
        }

        return [.. changed];
    }

    private static bool Differs(NamedValue[][] before, NamedValue[][] after, int column)
    {
        for (int row = 0; row < before.Length; row++)
        {
            if (!Same(before[row][column].Value, after[row][column].Value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Same(object? left, object? right)
        => left is JsonFragment json && right is JsonFragment other ? json.Utf8.AsSpan().SequenceEqual(other.Utf8) : Equals(left, right);
}
