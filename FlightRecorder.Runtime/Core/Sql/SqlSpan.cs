namespace FlightRecorder;

/// <summary>A part of a SQL text.</summary>
internal readonly record struct SqlSpan(int Start, int Length)
{
    public ReadOnlySpan<char> In(string sql) => sql.AsSpan(Start, Length);
}
