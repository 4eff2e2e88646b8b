using System.Numerics;
using FlightRecorder.CompilerServices;

namespace FlightRecorder.AspNetCore;

/// <summary>What is recorded of one endpoint: the compiled plan, rules evaluated at run time, or both.</summary>
internal sealed class EndpointPlan
{
    private static readonly RulePlan NoWord = new();

    /// <summary>Stands for an endpoint that is not recorded.</summary>
    public static EndpointPlan None { get; } = new() { IsRecorded = false };

    public bool IsRecorded { get; private init; } = true;

    /// <summary>The compiled plan, for the handler's name, location and parameters; null where the generator saw nothing.</summary>
    public HandlerPlan? Handler { get; init; }

    /// <summary>Whether the rules of <see cref="Handler"/> apply; not so when a nearer rule of <c>.Record(…)</c> replaces them.</summary>
    public bool UsesCompiledRules { get; init; }

    public RuntimeRule[] Rules { get; init; } = [];

    /// <summary>The endpoint's name where there is no plan.</summary>
    public string Name { get; init; } = "";

    public RedactionMap? RequestBody { get; init; }

    public RedactionMap? ResponseBody { get; init; }

    /// <summary>What the slots of its requests begin with; made with the first.</summary>
    public SlotEndpoint? Slot { get; set; }

    /// <summary>The first rule that holds, or null. One that a header switches on holds only within the budget.</summary>
    public RulePlan? FirstThatHolds(in RequestFacts request, HeaderBudget budget)
    {
        for (ulong mask = UsesCompiledRules ? Handler!.Match(in request) : 0; mask != 0; mask &= mask - 1)
        {
            int first = BitOperations.TrailingZeroCount(mask);
            RulePlan rule = first < Handler!.Rules.Length ? Handler.Rules[first] : NoWord;
            if (!rule.ByHeader || budget.TryTake())
            {
                return rule;
            }
        }

        foreach (RuntimeRule rule in Rules)
        {
            if (rule.Holds(in request) && (!rule.Outcome.ByHeader || budget.TryTake()))
            {
                return rule.Outcome;
            }
        }

        return null;
    }

    /// <summary>Whether any rule might want the body; asked while it is open which rule holds.</summary>
    public bool MayWant(Bodies body, WebSettings settings)
    {
        if (UsesCompiledRules)
        {
            foreach (RulePlan rule in Handler!.Rules)
            {
                if (Wants(settings.Resolve(rule.Bodies), body))
                {
                    return true;
                }
            }
        }

        foreach (RuntimeRule rule in Rules)
        {
            if (Wants(settings.Resolve(rule.Outcome.Bodies), body))
            {
                return true;
            }
        }

        return false;
    }

    public static bool Wants(Bodies bodies, Bodies body) => bodies == Bodies.Both || bodies == body;
}
