using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators.Parse;

/// <summary>What becomes of a SQL text on its way to the database.</summary>
internal enum SqlForm
{
    /// <summary>It is sent as it is.</summary>
    Plain,

    /// <summary>It is a format of EF Core's, whose placeholders become parameters.</summary>
    Format,

    /// <summary>The same of a query, which EF Core ends with a line break where it puts nothing around it.</summary>
    Query,
}

/// <summary>
/// A call, constructor or assignment that takes SQL text, told by its name alone: Dapper's, EF Core's, ADO.NET's, and what the app puts in
/// front of them. One that sends nothing does no harm, because its text never comes by; to ask the semantic model about each would cost more than
/// all the rest.
/// </summary>
internal sealed class SqlSink(SqlForm form, string place)
{
    private const string CommandText = "CommandText";

    private static readonly HashSet<string> s_formats = ["ExecuteSqlRaw", "ExecuteSqlRawAsync", "ExecuteSqlInterpolated", "ExecuteSqlInterpolatedAsync", "ExecuteSql", "ExecuteSqlAsync"];

    private static readonly HashSet<string> s_queries = ["FromSqlRaw", "FromSqlInterpolated", "FromSql", "SqlQueryRaw", "SqlQuery"];

    public SqlForm Form => form;

    /// <summary>File and line of it.</summary>
    public string Place => place;

    /// <summary>The sink that the expression is written into, or null.</summary>
    public static SqlSink? Of(ExpressionSyntax sql, SemanticModel semantics, CancellationToken cancellation) => sql.Parent switch
    {
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } when MayTake(call) => New(FormOf(call), NameOf(call.Expression)!),
        ArgumentSyntax { Parent.Parent: ObjectCreationExpressionSyntax created } when IsCommand(created.Type) => New(SqlForm.Plain, created),
        ArgumentSyntax { Parent.Parent: ImplicitObjectCreationExpressionSyntax created } when IsCommand(semantics.GetTypeInfo(created, cancellation).Type?.Name) => New(SqlForm.Plain, created),
        AssignmentExpressionSyntax assignment when assignment.Right == sql && IsCommandText(assignment.Left) => New(SqlForm.Plain, assignment),
        _ => null,
    };

    /// <summary>Whether a method of that name may take SQL.</summary>
    public static bool MayTake(InvocationExpressionSyntax call)
        => NameOf(call.Expression)?.Identifier.ValueText is { } name
            && (name.StartsWith("Execute", StringComparison.Ordinal) || name.StartsWith("Query", StringComparison.Ordinal) || name == "CreateCommand" || s_queries.Contains(name));

    /// <summary>Whether a type of that name may be a command.</summary>
    public static bool IsCommand(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => IsCommand(qualified.Right),
        AliasQualifiedNameSyntax alias => IsCommand(alias.Name),
        SimpleNameSyntax simple => IsCommand(simple.Identifier.ValueText),
        _ => false,
    };

    /// <summary>Whether it is the text of a command that is assigned.</summary>
    public static bool IsCommandText(ExpressionSyntax target) => NameOf(target)?.Identifier.ValueText == CommandText;

    private static bool IsCommand(string? type)
        => type is not null && (type.EndsWith("Command", StringComparison.Ordinal) || type.EndsWith("CommandDefinition", StringComparison.Ordinal));

    private static SqlForm FormOf(InvocationExpressionSyntax call)
        => NameOf(call.Expression)!.Identifier.ValueText is var name && s_formats.Contains(name) ? SqlForm.Format
            : s_queries.Contains(name) ? SqlForm.Query
            : SqlForm.Plain;

    private static SqlSink New(SqlForm form, SyntaxNode at) => new(form, Places.At(at.SyntaxTree, at.Span));

    private static SimpleNameSyntax? NameOf(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax simple => simple,
        _ => null,
    };
}
