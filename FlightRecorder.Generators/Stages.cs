namespace FlightRecorder.Generators;

/// <summary>The names under which the generator's stages are tracked.</summary>
internal static class Stages
{
    public const string Delegates = nameof(Delegates);
    public const string AssemblyRules = nameof(AssemblyRules);
    public const string Classes = nameof(Classes);
    public const string MethodGroups = nameof(MethodGroups);
    public const string Marks = nameof(Marks);
    public const string SqlLiterals = nameof(SqlLiterals);
    public const string SqlReferences = nameof(SqlReferences);
    public const string AssemblyName = nameof(AssemblyName);
    public const string RepositoryRoot = nameof(RepositoryRoot);
    public const string ListingFile = nameof(ListingFile);
    public const string Model = nameof(Model);
    public const string Files = nameof(Files);

    public static IReadOnlyList<string> All { get; } =
        [Delegates, AssemblyRules, Classes, MethodGroups, Marks, SqlLiterals, SqlReferences, AssemblyName, RepositoryRoot, ListingFile, Model, Files];
}
