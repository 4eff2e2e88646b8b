using FlightRecorder.CompilerServices;

namespace FlightRecorder.Tests.AspNetCore.Support;

/// <summary>Registers plans as generated code would, and takes them back at the end of the test.</summary>
internal sealed class RegisteredPlans : IDisposable
{
    public RegisteredPlans(params HandlerPlan[] plans) => Register(plans, null, []);

    public RegisteredPlans(HandlerPlan? fallback, HandlerPlan[] plans, params KeyValuePair<Type, RedactionMap>[] maps) => Register(plans, fallback, maps);

    public void Dispose() => Register([], null, []);

    /// <summary>A plan with one rule that always holds, unless another filter is given.</summary>
    public static HandlerPlan Plan(string name, HandlerIdentity identity, PlanFilter? match = null, params RulePlan[] rules) => new()
    {
        Name = name,
        Location = "Tests/" + name + ".cs:1",
        Identity = identity,
        Rules = rules.Length > 0 ? rules : [new RulePlan()],
        Match = match ?? ((in RequestFacts _) => 1),
    };

    private static void Register(HandlerPlan[] plans, HandlerPlan? fallback, KeyValuePair<Type, RedactionMap>[] maps)
        => GeneratedCode.Register(new GeneratedAssembly
        {
            Anchor = typeof(RegisteredPlans),
            GeneratorVersion = typeof(GeneratedCode).Assembly.GetName().Version!.ToString(3),
            Plans = plans,
            Fallback = fallback,
            Maps = maps,
        });
}
