using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>Reads <c>[Record]</c> attributes.</summary>
internal static class RuleParser
{
    // The mask that a plan's filter answers with has one bit for each rule.
    public const int MaxRules = 64;

    private static readonly string[] s_bodies = ["Default", "None", "Request", "Response", "Both"];
    private static readonly string[] s_keep = ["Error", "ClientError", "Slow", "Mutation"];

    public static IEnumerable<RuleModel> Rules(ISymbol symbol, Compilation compilation)
        => symbol.Attributes(KnownNames.Record).Take(MaxRules).Select(attribute => Parse(attribute, compilation));

    public static RuleModel Parse(AttributeData attribute, Compilation compilation)
    {
        Dictionary<string, TypedConstant> named = attribute.NamedArguments.ToDictionary(pair => pair.Key, pair => pair.Value);
        (PathCondition path, string pattern) = PathOf(Value<string>(named, "Route"));
        INamedTypeSymbol? filter = Value<INamedTypeSymbol>(named, "Filter");
        bool callable = filter is null || FilterTypes.IsCallable(filter, compilation);
        return new RuleModel
        {
            File = attribute.Argument(0) as string ?? "",
            Line = attribute.Argument(1) is int line ? line : 0,
            Place = attribute.ApplicationSyntaxReference?.GetSyntax() is { } syntax ? Places.Of(syntax) : null,
            Methods = Texts(named, "Methods"),
            Path = path,
            PathPattern = pattern,
            Header = Value<string>(named, "Header"),
            HeaderValues = Texts(named, "HeaderValues"),
            Actors = Texts(named, "Actors"),
            SampleRate = Rate(named),
            Keep = Keep(Number(named, "Keep", 0)),
            SlowMilliseconds = Number(named, "SlowMilliseconds", 1000),
            Bodies = s_bodies.ElementAtOrDefault(Number(named, "Bodies", 0)) ?? s_bodies[0],
            Filter = callable ? filter?.FullName() : null,
            Never = !callable,
        };
    }

    private static T? Value<T>(Dictionary<string, TypedConstant> named, string name)
        where T : class
        => named.TryGetValue(name, out TypedConstant value) && value.Kind != TypedConstantKind.Array ? value.Value as T : null;

    private static int Number(Dictionary<string, TypedConstant> named, string name, int otherwise)
        => named.TryGetValue(name, out TypedConstant value) && value.Value is int number ? number : otherwise;

    // A rate that is no number records nothing; an analyzer error says so.
    private static double Rate(Dictionary<string, TypedConstant> named)
        => named.TryGetValue("SampleRate", out TypedConstant value) && value.Value is double rate ? (double.IsNaN(rate) ? 0 : rate) : 1;

    private static EquatableArray<string> Keep(int flags)
        => s_keep.Where((_, bit) => (flags & (1 << bit)) != 0).ToEquatableArray();

    private static EquatableArray<string> Texts(Dictionary<string, TypedConstant> named, string name)
        => named.TryGetValue(name, out TypedConstant value) && value is { Kind: TypedConstantKind.Array, IsNull: false }
            ? value.Values.Select(item => item.Value).OfType<string>().ToEquatableArray()
            : EquatableArray<string>.Empty;

    private static (PathCondition Path, string Pattern) PathOf(string? route)
    {
        if (route is null)
        {
            return (PathCondition.Any, "");
        }

        string glob = "/" + route.TrimStart('/');
        if (glob == "/**")
        {
            return (PathCondition.Any, "");
        }

        if (glob.IndexOf('*') < 0)
        {
            return (PathCondition.Is, glob);
        }

        return glob.IndexOf('*') == glob.Length - 2 && glob.EndsWith("/**", StringComparison.Ordinal)
            ? (PathCondition.Under, glob.Substring(0, glob.Length - 3))
            : (PathCondition.Matches, glob);
    }
}
