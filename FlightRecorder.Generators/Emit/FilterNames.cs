using FlightRecorder.Generators.Model;

namespace FlightRecorder.Generators.Emit;

/// <summary>Numbers the rules and the lists of rules, so that handlers under one rule share its code.</summary>
internal sealed class FilterNames
{
    private readonly Dictionary<RuleModel, int> _rules = [];
    private readonly Dictionary<EquatableArray<RuleModel>, int> _lists = [];

    public FilterNames(AssemblyModel assembly)
    {
        IEnumerable<PlanModel> plans = assembly.Fallback is { } fallback ? assembly.Plans.Append(fallback) : assembly.Plans;
        foreach (PlanModel plan in plans)
        {
            Number(_lists, plan.Rules);
            foreach (RuleModel rule in plan.Rules)
            {
                Number(_rules, rule);
            }
        }
    }

    public IEnumerable<RuleModel> Rules => _rules.OrderBy(pair => pair.Value).Select(pair => pair.Key);

    public IEnumerable<EquatableArray<RuleModel>> Lists => _lists.OrderBy(pair => pair.Value).Select(pair => pair.Key);

    public string Rule(RuleModel rule) => "Rule" + SourceWriter.Literal(_rules[rule]);

    public string Match(EquatableArray<RuleModel> rules) => "Match" + SourceWriter.Literal(_lists[rules]);

    private static void Number<T>(Dictionary<T, int> numbers, T item)
        where T : notnull
    {
        if (!numbers.ContainsKey(item))
        {
            numbers.Add(item, numbers.Count + 1);
        }
    }
}
