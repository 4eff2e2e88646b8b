using System.Text;

namespace FlightRecorder;

/// <summary>What a SQL text does, as a slot may hold it: verbs and tables, no value.</summary>
internal static class StatementShape
{
    private const int MaxSteps = 3;

    // Longer texts are not read for this.
    private const int MaxSql = SqlTextCache.MaxLength;

    /// <summary>Such as <c>update orders; select</c>, at most as long as a slot's step.</summary>
    public static byte[] Of(string sql) => sql.Length > MaxSql ? [] : SqlTextCache.Read(sql).Shape;

    public static byte[] Of(SqlText text)
    {
        var shape = new StringBuilder();
        foreach (SqlStatement step in text.Steps.Take(MaxSteps))
        {
            shape.Append(shape.Length == 0 ? "" : "; ").Append(Word(step.Verb));
            if (step.Name is { } name && !step.ControlsTransaction && !step.IsUnknown)
            {
                shape.Append(' ').Append(name);
            }
        }

        byte[] utf8 = Encoding.UTF8.GetBytes(shape.ToString());
        return utf8.Length <= SlotLayout.MaxStepText ? utf8 : utf8[..Utf8Cut.LengthWithoutCutRune(utf8.AsSpan(0, SlotLayout.MaxStepText))];
    }

    private static string Word(SqlVerb verb) => verb switch
    {
        SqlVerb.Select => "select",
        SqlVerb.Insert => "insert",
        SqlVerb.Upsert => "upsert",
        SqlVerb.Update => "update",
        SqlVerb.Delete => "delete",
        SqlVerb.Merge => "merge",
        SqlVerb.Copy or SqlVerb.CopyOut => "copy",
        SqlVerb.Truncate => "truncate",
        SqlVerb.CreateTableAs => "create table",
        SqlVerb.ModifyingSelect => "select",
        SqlVerb.Call => "call",
        SqlVerb.Begin => "begin",
        SqlVerb.Commit => "commit",
        SqlVerb.RollBack => "rollback",
        SqlVerb.PrepareTransaction => "prepare transaction",
        SqlVerb.Savepoint => "savepoint",
        SqlVerb.RollBackTo => "rollback to savepoint",
        SqlVerb.Release => "release savepoint",
        _ => "statement",
    };
}
