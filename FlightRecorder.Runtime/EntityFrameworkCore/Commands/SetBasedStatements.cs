using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>ExecuteUpdate, ExecuteDelete and raw SQL: transaction control is told to the ledger, what changes rows becomes a mutation.</summary>
internal sealed class SetBasedStatements(AmbientRecording recording, DbContext context, DbConnection connection, RecordingSettings settings)
{
    private readonly ContextRules _rules = ContextRulesCache.For(context.GetType());

    /// <summary>File and line that called for the text, where that is known.</summary>
    public string? Location { get; init; }

    /// <summary>Its rows are still to be read.</summary>
    public bool IsReader { get; init; }

    /// <summary>Whether commands from there are looked into; EF Core's own queries and saves hold no such statement.</summary>
    public static bool Concern(CommandSource source)
        => source is not (CommandSource.LinqQuery or CommandSource.SaveChanges or CommandSource.ValueGenerator);

    /// <summary>Whether nothing of the text's parameters may be shown: they belong to rows that are not known, not recorded, or hide members.</summary>
    public bool HidesParameters(SqlText text)
        => Array.Exists(text.Steps, step => (step.ChangesRows || step.IsUnknown)
            && (RuleOf(step.Name, out _) is { HidesParameters: true } || MentionsHidden(step.Name, text.Sql)));

    /// <summary>Which rows may be read: null for none, with a gap's reason where others of the table must not be shown.</summary>
    public RowSelection? RowsOf(SqlText text)
    {
        SqlStatement? write = Array.Find(text.Steps, step => step.ChangesRows && RuleOf(step.Name, out _).Recorded);
        return write is null ? null
            : RuleOf(write.Name, out IEntityType? entity).Recorded && entity is not null && !EntityColumns.Of(entity, _rules).Rule.Recorded
                ? RowSelection.Not(RowReasons.NotRecorded)
                : text.Rows;
    }

    public void Succeeded(SqlText text, NamedValue[]? parameters, long rows, SetBasedRows? touched)
    {
        AddCalls(text, parameters, rows);
        foreach (SqlStatement statement in text.Steps)
        {
            if (statement.ControlsTransaction)
            {
                Tell(statement);
            }
            else if (statement.ChangesRows)
            {
                LedgerTransaction? transaction = TransactionLookup.Find(recording, context, connection);
                if (transaction is { IsDoomed: true })
                {
                    recording.Update(transaction, static transaction => transaction.StatementSucceeded());
                }

                MutationEntry? mutation = Add(statement, text.Sql, parameters, text.Steps.Length == 1 ? rows : -1, Settlement.Done(transaction), touched);
                if (IsReader && transaction is null && mutation is not null)
                {
                    recording.Update((recording.Active.Ledger, connection, mutation), static state => state.Ledger.Read(state.connection, state.mutation));
                }
            }
        }
    }

    /// <summary>The text failed, at once or after some of its statements.</summary>
    public void Failed(SqlText text, NamedValue[]? parameters, Exception? error, SetBasedRows? touched)
    {
        LedgerTransaction? transaction = null;
        bool controls = text.ControlsTransaction;
        if (controls)
        {
            transaction = ControlFailed(text.Statements is [SqlStatement alone] ? alone.Verb : null, error);
        }
        else if (text.ChangesRows)
        {
            transaction = TransactionLookup.Find(recording, context, connection);
        }

        var failure = new SaveFailure
        {
            WasSent = true,
            EndedItsTransaction = false,
            SavepointRolledBack = false,
            IsRefusedWhole = !controls && ServerVerdict.IsUndoneWhole(error, text.Statements.Length == 1, connection),
        };
        foreach (SqlStatement statement in text.Steps)
        {
            if (statement.ChangesRows)
            {
                Add(statement, text.Sql, parameters, -1, Settlement.Failed(transaction, failure), touched);
            }
        }
    }

    // What stands in the same text may have been done in any transaction, or by itself.
    private LedgerTransaction? ControlFailed(SqlVerb? alone, Exception? error)
    {
        LedgerTransaction? unsure = null;
        recording.Update(recording.Active.Ledger, ledger =>
        {
            ledger.RunFailed(connection, ledger.On(connection), alone, error, ServerVerdict.EffectOf(error, connection));
            unsure = alone is null ? ledger.Unseen() : null;
        });
        return unsure;
    }

    private void Tell(SqlStatement statement)
        => recording.Update((recording.Active.Ledger, connection, statement), static state => state.Ledger.Run(state.connection, state.statement));

    private MutationEntry? Add(SqlStatement statement, string sql, NamedValue[]? parameters, long rows, Settlement settlement, SetBasedRows? touched)
    {
        EntityRule rule = RuleOf(statement.Name, out IEntityType? entity);
        if (!rule.Recorded)
        {
            NoteUnmarked(rule);
            return null;
        }

        if (MutationLimit.Left(recording, settings) == 0)
        {
            recording.Update(recording.Active, static active => active.LeaveOutMutation());
            return null;
        }

        EntityColumns? columns = entity is null ? null : EntityColumns.Of(entity, _rules);
        var mutation = new MutationEntry
        {
            Source = "efcore",
            Model = entity is null ? null : ModelNames.Of(entity),
            Table = statement.Name,
            Operation = OperationOf(statement.Verb),
            Where = statement.Where?.In(sql).ToString(),
            Sql = sql,
            Parameters = parameters,
            SetBased = true,
            Rows = rows,
            Map = columns is null ? rule.Map : columns.Rule.Map,
            Location = Location,
        };
        touched?.Belong(mutation, columns);
        settlement.Add(recording, mutation);
        return mutation;
    }

    private void NoteUnmarked(EntityRule rule)
    {
        if (!rule.IsExcluded && !_rules.IsRecorded)
        {
            recording.Append(Gaps.Unmarked(context));
        }
    }

    // What a call or a text that is not understood changed is not known; that it changed rows may be.
    private void AddCalls(SqlText text, NamedValue[]? parameters, long rows)
    {
        if (text.Calls && rows > 0 && text.Statements is [{ ControlsTransaction: false } alone])
        {
            Add(alone with { Name = null }, text.Sql, parameters, rows, Settlement.Done(TransactionLookup.Find(recording, context, connection)), null);
        }
        else if (text.Calls && _rules.IsRecorded)
        {
            recording.Append(Array.Exists(text.Statements, static statement => statement.IsUnknown) ? Gaps.NotUnderstood : Gaps.Calls);
        }

        if (text.MayChange && _rules.IsRecorded)
        {
            recording.Append(Gaps.MayChange);
        }
    }

    private static string OperationOf(SqlVerb verb) => verb switch
    {
        SqlVerb.Update => "bulkUpdate",
        SqlVerb.Delete or SqlVerb.Truncate => "bulkDelete",
        SqlVerb.Insert => "insert",
        SqlVerb.Upsert => "upsert",
        SqlVerb.Merge => "merge",
        SqlVerb.Copy => "copy",
        _ => "sql",
    };

    private EntityRule RuleOf(string? table, out IEntityType? entity)
    {
        entity = table is null ? null : context.Model.GetEntityTypes().FirstOrDefault(type => IsTable(type, table));
        return entity is null ? new EntityRule(_rules.IsRecorded, null) : EntityRules.For(entity, _rules);
    }

    // Where the model or the text names no schema, the search path does: it may be the same.
    private static bool IsTable(IEntityType type, string table)
        => type.GetTableName() is { } name && !OwnedRows.IsFolded(type)
            && (string.Equals(name, table, StringComparison.OrdinalIgnoreCase)
                || (table.EndsWith("." + name, StringComparison.OrdinalIgnoreCase) && IsSchema(type.GetSchema(), table[..^(name.Length + 1)])));

    private static bool IsSchema(string? schema, string written)
        => schema is null || string.Equals(schema, written, StringComparison.OrdinalIgnoreCase)
            || written.EndsWith("." + schema, StringComparison.OrdinalIgnoreCase);

    // Which parameter goes into which column is not parsed: one hidden column named anywhere in the text hides them all.
    private bool MentionsHidden(string? table, string sql)
    {
        EntityRule rule = RuleOf(table, out IEntityType? entity);
        return entity is not null && rule.Map is { } map && entity.GetProperties()
            .Any(property => map.Hides(property.Name) && sql.Contains(property.GetColumnName(), StringComparison.OrdinalIgnoreCase));
    }
}
