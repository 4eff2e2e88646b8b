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

/// <summary>A call, constructor or assignment that takes SQL text.</summary>
internal sealed class SqlSink(SqlForm form, string place)
{
    private const string EntityFramework = "Microsoft.EntityFrameworkCore";
    private const string CommandText = "CommandText";

    private static readonly HashSet<string> s_formats =
    [
        "ExecuteSqlRaw", "ExecuteSqlRawAsync", "ExecuteSqlInterpolated", "ExecuteSqlInterpolatedAsync", "ExecuteSql", "ExecuteSqlAsync",
        "FromSqlRaw", "FromSqlInterpolated", "FromSql", "SqlQueryRaw", "SqlQuery",
    ];

    public SqlForm Form => form;

    /// <summary>File and line of it.</summary>
    public string Place => place;

    /// <summary>The sink that the expression is written into, or null. Asks the semantic model only where the names fit.</summary>
    public static SqlSink? Of(ExpressionSyntax sql, SemanticModel semantics, CancellationToken cancellation) => sql.Parent switch
    {
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument when MayTake(call) => OfCall(call, argument, semantics, cancellation),
        ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax created } argument => OfCreation(created, argument, semantics, cancellation),
        AssignmentExpressionSyntax assignment when assignment.Right == sql && IsCommandText(assignment.Left) => OfAssignment(assignment, semantics, cancellation),
        _ => null,
    };

    /// <summary>Whether a method of that name may take SQL.</summary>
    public static bool MayTake(InvocationExpressionSyntax call)
        => NameOf(call.Expression)?.Identifier.ValueText is { } name
            && (name.StartsWith("Execute", StringComparison.Ordinal) || name.StartsWith("Query", StringComparison.Ordinal) || name == "CreateCommand" || s_formats.Contains(name));

    /// <summary>Whether it is the text of a command that is assigned.</summary>
    public static bool IsCommandText(ExpressionSyntax target) => NameOf(target)?.Identifier.ValueText == CommandText;

    private static SqlSink? OfCall(InvocationExpressionSyntax call, ArgumentSyntax argument, SemanticModel semantics, CancellationToken cancellation)
    {
        if (semantics.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method || Parameter(argument, method) is not { } parameter)
        {
            return null;
        }

        bool isFormat = s_formats.Contains(method.Name) && method.ContainingType.ContainingNamespace.ToDisplayString() == EntityFramework && parameter.Name == "sql";
        bool takes = isFormat || (parameter.Type.SpecialType == SpecialType.System_String && (IsOverConnection(method, parameter) || IsDataSources(method)));
        return takes ? New(!isFormat ? SqlForm.Plain : method.Name.StartsWith("Execute", StringComparison.Ordinal) ? SqlForm.Format : SqlForm.Query, NameOf(call.Expression) ?? (SyntaxNode)call) : null;
    }

    private static SqlSink? OfCreation(BaseObjectCreationExpressionSyntax created, ArgumentSyntax argument, SemanticModel semantics, CancellationToken cancellation)
        => semantics.GetSymbolInfo(created, cancellation).Symbol is IMethodSymbol constructor
            && Parameter(argument, constructor)?.Type.SpecialType == SpecialType.System_String
            && (IsCommand(constructor.ContainingType) || constructor.ContainingType.IsNamed("Dapper.CommandDefinition"))
                ? New(SqlForm.Plain, created)
                : null;

    private static SqlSink? OfAssignment(AssignmentExpressionSyntax assignment, SemanticModel semantics, CancellationToken cancellation)
        => semantics.GetSymbolInfo(assignment.Left, cancellation).Symbol is IPropertySymbol property && IsCommand(property.ContainingType)
            ? New(SqlForm.Plain, assignment)
            : null;

    private static SqlSink New(SqlForm form, SyntaxNode at) => new(form, Places.At(at.SyntaxTree, at.Span));

    // Dapper's methods, and those that others add to connections in its manner.
    private static bool IsOverConnection(IMethodSymbol method, IParameterSymbol parameter)
        => (method.ReducedFrom ?? method) is { IsExtensionMethod: true } extension
            && Implements(extension.Parameters[0].Type, "System.Data.IDbConnection")
            && parameter.Name is "sql" or "commandText";

    private static bool IsDataSources(IMethodSymbol method) => method.Name == "CreateCommand" && method.ContainingType.DerivesFrom("System.Data.Common.DbDataSource");

    private static bool IsCommand(INamedTypeSymbol type)
        => type.DerivesFrom("System.Data.Common.DbBatchCommand") || Implements(type, "System.Data.IDbCommand");

    private static bool Implements(ITypeSymbol type, string face) => type.IsNamed(face) || type.AllInterfaces.Any(each => each.IsNamed(face));

    private static IParameterSymbol? Parameter(ArgumentSyntax argument, IMethodSymbol method)
    {
        if (argument.NameColon is { Name.Identifier.ValueText: var name })
        {
            return method.Parameters.FirstOrDefault(parameter => parameter.Name == name);
        }

        int index = argument.Parent is BaseArgumentListSyntax list ? list.Arguments.IndexOf(argument) : -1;
        return index >= 0 && index < method.Parameters.Length ? method.Parameters[index] : null;
    }

    private static SimpleNameSyntax? NameOf(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax simple => simple,
        _ => null,
    };
}
