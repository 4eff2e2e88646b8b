using FlightRecorder.Generators.Model;

namespace FlightRecorder.Generators.Emit;

/// <summary>Prints the table of constant SQL texts.</summary>
internal static class SqlEmitter
{
    public static SourceFile Emit(AssemblyModel assembly)
    {
        SourceWriter writer = SourceWriter.ForPart(assembly.ClassName);
        writer.Lines($$"""
            private static class Statements
            {
                internal static ConstantSql[] All() =>
                [
            {{string.Join("\n", assembly.Sql.Select(Text))}}
                ];
            }
            """);
        return writer.ToFile("FlightRecorder.Sql.g.cs");
    }

    private static string Text(SqlModel sql)
    {
        string[] arguments =
        [
            SourceWriter.Literal(sql.Text),
            sql.Location is { } location ? SourceWriter.Literal(location) : "null",
            .. sql.Statements.Select(Statement),
        ];
        string columns = sql.Columns.Count == 0 ? "" : $" {{ Columns = [{string.Join(", ", sql.Columns.Select(SourceWriter.Literal))}] }}";
        return $"        new({string.Join(", ", arguments)}){columns},";
    }

    private static string Statement(SqlStatementModel statement)
    {
        string[] facts =
        [
            statement.Target is { } target ? $"Target = {target}" : "",
            statement.Where is { } where ? $"Where = {where}" : "",
            statement.IsSingleTable ? "IsSingleTable = true" : "",
            statement.ReturnsRows is { } rows ? $"ReturnsRows = {(rows ? "true" : "false")}" : "",
            statement.MayChange ? "MayChange = true" : "",
            statement.Further.Count > 0 ? $"Further = [{string.Join(", ", statement.Further.Select(Statement))}]" : "",
        ];
        string given = string.Join(", ", facts.Where(fact => fact.Length > 0));
        string name = statement.Name is { } written ? SourceWriter.Literal(written) : "null";
        return $"new ConstantStatement({SourceWriter.Literal(statement.Verb)}, {name}, {statement.Span})" + (given.Length == 0 ? "" : $" {{ {given} }}");
    }
}
