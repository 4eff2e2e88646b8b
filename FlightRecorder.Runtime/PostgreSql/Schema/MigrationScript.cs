using System.Text;

namespace FlightRecorder.PostgreSql;

/// <summary>Migrations as text, each statement ended by a semicolon.</summary>
internal static class MigrationScript
{
    public static readonly Sql CreateSchema = new("CREATE SCHEMA IF NOT EXISTS {schema}");

    public static string Up(SchemaName schema, int from, int to)
    {
        var text = new StringBuilder();
        Append(text, schema, from == 0 ? [CreateSchema] : []);
        foreach (Migration migration in Migrations.All.Where(step => step.Version > from && step.Version <= to))
        {
            Append(text, schema, migration.Up);
        }

        return text.ToString();
    }

    public static string Down(SchemaName schema, int from, int to)
    {
        var text = new StringBuilder();
        foreach (Migration migration in Migrations.All.Reverse().Where(step => step.Version > to && step.Version <= from))
        {
            Append(text, schema, migration.Down);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, SchemaName schema, IEnumerable<Sql> statements)
    {
        foreach (Sql statement in statements)
        {
            text.Append(schema.Apply(statement)).Append(";\n");
        }
    }
}
