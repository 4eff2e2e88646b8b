namespace FlightRecorder;

/// <summary>Writes the mutations of a line.</summary>
internal sealed class MutationWriter(LineBuffer line, LeafWriter leaf, ValueWriter values, LineBudget budget)
{
    public void Write(ActiveRecording recording, RedactionRules rules)
    {
        ReadOnlySpan<MutationEntry> mutations = recording.Mutations;
        line.Member("mutations"u8).Byte((byte)'[');
        for (int i = 0; i < Math.Min(mutations.Length, budget.MaxEntries); i++)
        {
            line.Separate();
            Write(mutations[i], i, rules.ForRow(mutations[i].Map));
        }

        values.Owner = ValueWriter.NoOwner;
        line.Byte((byte)']');
    }

    // {"atUs":1203,"source","model","table","operation","key":{},"where","sql","parameters":{},"before","after","changed":[],"rows","outcome","transaction","attempt","location"}
    private void Write(MutationEntry mutation, int index, CompiledMap map)
    {
        line.Raw("{\"atUs\":"u8);
        line.Number(mutation.AtUs);
        leaf.Optional("source"u8, mutation.Source);
        leaf.Optional("model"u8, mutation.Model);
        leaf.Optional("table"u8, mutation.Table);
        leaf.Optional("operation"u8, mutation.Operation);
        WriteKey(mutation, map);
        leaf.OptionalMessage("where"u8, mutation.Where, TextNotation.SqlLiteral);
        leaf.OptionalMessage("sql"u8, mutation.Sql, TextNotation.SqlLiteral);
        WriteRows(mutation, index, map);
        WriteChanged(mutation.Changed);
        if (mutation.Rows >= 0)
        {
            line.Member("rows"u8).Number(mutation.Rows);
        }

        line.Member("outcome"u8).Raw(LineWords.Of(mutation.Outcome));
        leaf.Optional("transaction"u8, mutation.Transaction);
        line.Member("attempt"u8).Number(mutation.Attempt);
        leaf.Optional("location"u8, mutation.Location);
        line.Byte((byte)'}');
    }

    // A short secret does not hide a key: which row it was is the point of the entry.
    private void WriteKey(MutationEntry mutation, CompiledMap map)
    {
        if (mutation.Key is { } key)
        {
            values.Owner = ValueWriter.NoOwner;
            line.Member("key"u8);
            values.Row(key, map);
        }
    }

    private void WriteRows(MutationEntry mutation, int index, CompiledMap map)
    {
        if (budget.IsDropped(LinePart.Rows))
        {
            return;
        }

        int before = line.Length;
        values.Owner = index;
        if (mutation.Parameters is { } parameters)
        {
            line.Member("parameters"u8);
            values.Parameters(parameters);
        }

        line.Member("before"u8);
        WriteRows(mutation.Before, mutation.SetBased, map);
        line.Member("after"u8);
        WriteRows(mutation.After, mutation.SetBased, map);
        budget.Count(LinePart.Rows, line.Length - before);
    }

    // null, one row, or an array of rows.
    private void WriteRows(NamedValue[][]? rows, bool setBased, CompiledMap map)
    {
        if (rows is null || (rows.Length == 0 && !setBased))
        {
            line.Raw("null"u8);
            return;
        }

        if (rows.Length == 1 && !setBased)
        {
            values.Row(rows[0], map);
            return;
        }

        line.Byte((byte)'[');
        foreach (NamedValue[] row in rows)
        {
            line.Separate();
            values.Row(row, map);
        }

        line.Byte((byte)']');
    }

    private void WriteChanged(string[]? changed)
    {
        if (changed is null || budget.IsDropped(LinePart.Rows))
        {
            return;
        }

        line.Member("changed"u8).Byte((byte)'[');
        foreach (string name in changed)
        {
            line.Separate();
            leaf.Text(name);
        }

        line.Byte((byte)']');
    }
}
