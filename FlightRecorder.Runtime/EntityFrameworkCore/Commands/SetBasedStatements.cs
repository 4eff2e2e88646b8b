using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>ExecuteUpdate, ExecuteDelete and raw SQL: transaction control is told to the ledger, what changes rows becomes a mutation without rows.</summary>
internal sealed class SetBasedStatements(AmbientRecording recording, DbContext context, DbConnection connection, RecordingSettings settings)
{
    private readonly ContextRules _rules = ContextRulesCache.For(context.GetType());

    /// <summary>Whether commands from there are looked into; EF Core's own queries and saves hold no such statement.</summary>
    public static bool Concern(CommandSource source)
        => source is not (CommandSource.LinqQuery or CommandSource.SaveChanges or CommandSource.ValueGenerator);

    /// <summary>Whether nothing of the text's parameters may be shown: they belong to rows that are not known, not recorded, or hide members.</summary>
    public bool HidesParameters(List<SqlStatement> statements, string sql)
        => statements.Exists(statement => statement.ChangesRows && (RuleOf(statement.Name, out _) is { HidesParameters: true } || MentionsHidden(statement.Name, sql)));

    public void Succeeded(List<SqlStatement> statements, string sql, NamedValue[]? parameters, long rows)
    {
        foreach (SqlStatement statement in statements)
        {
            if (statement.ControlsTransaction)
            {
                Tell(statement);
            }
            else if (statement.ChangesRows)
            {
                Settlement done = Settlement.Done(TransactionLookup.Find(recording, context, connection));
                Add(statement, sql, parameters, statements.Count == 1 ? rows : -1, done);
            }
        }
    }

    /// <summary>A text of several statements may have begun a transaction before it failed, but none that ended one is taken as done.</summary>
    public void Failed(List<SqlStatement> statements, string sql, NamedValue[]? parameters, Exception? error)
    {
        foreach (SqlStatement statement in statements)
        {
            if (statement.Verb == SqlVerb.Begin)
            {
                Tell(statement);
            }
            else if (statement.ChangesRows)
            {
                LedgerTransaction? transaction = TransactionLookup.Find(recording, context, connection);
                Add(statement, sql, parameters, -1, Settlement.Failed(transaction, FailureOf(error, statements.Count == 1)));
            }
        }

        // How a COMMIT or ROLLBACK that failed went is not known.
        if (statements.Exists(statement => statement.Verb is SqlVerb.Commit or SqlVerb.RollBack))
        {
            recording.Update((recording.Active.Ledger, connection), static state => state.Ledger.Forget(state.connection));
        }
    }

    private static SaveFailure FailureOf(Exception? error, bool isAlone) => new()
    {
        WasSent = true,
        EndedItsTransaction = false,
        SavepointRolledBack = false,
        IsRefusedWhole = isAlone && ServerErrors.WasReported(error),
    };

    private void Tell(SqlStatement statement)
        => recording.Update((recording.Active.Ledger, connection, statement), static state => state.Ledger.Run(state.connection, state.statement));

    private void Add(SqlStatement statement, string sql, NamedValue[]? parameters, long rows, Settlement settlement)
    {
        EntityRule rule = RuleOf(statement.Name, out IEntityType? entity);
        if (!rule.Recorded)
        {
            NoteUnmarked(rule);
            return;
        }

        if (MutationLimit.Left(recording, settings) == 0)
        {
            recording.Append(new GapEntry("mutations", "more set-based statements did not fit"));
            return;
        }

        settlement.Add(recording, new MutationEntry
        {
            Source = "efcore",
            Model = entity is null ? null : ModelNames.Of(entity),
            Table = statement.Name,
            Operation = OperationOf(statement.Verb),
            Sql = sql,
            Parameters = parameters,
            SetBased = true,
            Rows = rows,
            Map = rule.Map,
        });
        recording.Append(Gaps.SetBased);
    }

    private void NoteUnmarked(EntityRule rule)
    {
        if (!rule.IsExcluded && !_rules.IsRecorded)
        {
            recording.Append(Gaps.Unmarked(context));
        }
    }

    private static string OperationOf(SqlVerb verb) => verb switch
    {
        SqlVerb.Update => "bulkUpdate",
        SqlVerb.Delete or SqlVerb.Truncate => "bulkDelete",
        SqlVerb.Merge => "merge",
        SqlVerb.Copy => "copy",
        _ => "sql",
    };

    private EntityRule RuleOf(string? table, out IEntityType? entity)
    {
        entity = table is null ? null : context.Model.GetEntityTypes().FirstOrDefault(type => IsTable(type, table));
        return entity is null ? new EntityRule(_rules.IsRecorded, null) : EntityRules.For(entity, _rules);
    }

    private static bool IsTable(IEntityType type, string table)
        => type.GetTableName() is { } name && !OwnedRows.IsFolded(type)
            && (string.Equals(name, table, StringComparison.OrdinalIgnoreCase)
                || string.Equals(type.GetSchema() + "." + name, table, StringComparison.OrdinalIgnoreCase));

    // Which parameter goes into which column is not parsed: one hidden column named anywhere in the text hides them all.
    private bool MentionsHidden(string? table, string sql)
    {
        EntityRule rule = RuleOf(table, out IEntityType? entity);
        return entity is not null && rule.Map is { } map && entity.GetProperties()
            .Any(property => map.Hides(property.Name) && sql.Contains(property.GetColumnName(), StringComparison.OrdinalIgnoreCase));
    }
}
