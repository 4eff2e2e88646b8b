using FlightRecorder.Generators.Model;

namespace FlightRecorder.Generators.Parse;

/// <summary>Says of each recorded handler and row which fields are stored and which are hidden.</summary>
internal static class Listing
{
    public static ListingModel Of(AssemblyModel assembly, string name, IEnumerable<MapModel> shapes)
    {
        var fields = new ListingFields(shapes);
        IEnumerable<PlanModel> plans = assembly.Fallback is { } fallback ? assembly.Plans.Append(fallback) : assembly.Plans;
        return new ListingModel
        {
            Assembly = name,
            Entries = plans.Select(plan => Endpoint(plan, fields))
                .Concat(assembly.Contexts.Select(context => Context(context, fields)))
                .Concat(assembly.Entities.Count > 0 ? [Entities(assembly.Entities, fields)] : [])
                .ToEquatableArray(),
        };
    }

    private static ListingEntry Endpoint(PlanModel plan, ListingFields fields) => new()
    {
        Name = plan.Name,
        Location = plan.Location,
        Rules = plan.Rules.Select(RuleText.Of).ToEquatableArray(),
        Parts = new[]
        {
            Parameters(plan),
            Body("request", plan.Request, plan.Rules.Any(rule => rule.Bodies is not ("None" or "Response")), fields),
            Body("response", plan.Response, plan.Rules.Any(rule => rule.Bodies is not ("None" or "Request")), fields),
        }.ToEquatableArray(),
    };

    private static ListingPart Parameters(PlanModel plan) => new()
    {
        Name = "route, query and form",
        Holds = plan.Bound.Count == 0 ? "none is bound" : "by name",
        Fields = plan.Bound.Select(ListingFields.Of).ToEquatableArray(),
    };

    private static ListingPart Body(string name, BodyModel body, bool isStored, ListingFields fields) => new()
    {
        Name = name,
        Holds = !isStored ? "not stored, the rule says"
            : body.Unknown is { } why ? $"type unknown: {why}; secret names and all marked names of the process are hidden"
            : body.Whole is { } mode ? ListingFields.Treatment(mode)
            : body.MapKey is { } key ? fields.TypeOf(key)
            : "none, or a plain value",
        Fields = isStored && body is { MapKey: { } map, Whole: null } ? fields.Of(map).ToEquatableArray() : EquatableArray<ListingField>.Empty,
    };

    private static ListingEntry Context(ContextModel context, ListingFields fields) => new()
    {
        Name = Short(context.Type),
        Location = context.Location,
        Rules = EquatableArray<string>.Empty,
        Parts = context.Entities.Select(entity => Row(entity, fields)).ToEquatableArray(),
    };

    private static ListingEntry Entities(EquatableArray<EntityModel> entities, ListingFields fields) => new()
    {
        Name = "Entities recorded in whichever DbContext",
        Location = "",
        Rules = EquatableArray<string>.Empty,
        Parts = entities.Select(entity => Row(entity, fields)).ToEquatableArray(),
    };

    private static ListingPart Row(EntityModel entity, ListingFields fields) => new()
    {
        Name = "row",
        Holds = entity.Recorded ? Short(entity.Type) : Short(entity.Type) + ": not recorded, [DoNotRecord]",
        Fields = entity.Recorded ? fields.Columns(entity.MapKey).ToEquatableArray() : EquatableArray<ListingField>.Empty,
    };

    private static string Short(string type) => type.Replace("global::", "");
}
