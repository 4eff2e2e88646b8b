using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>The plans of a model's entities under the rules of one type of context; made when first needed.</summary>
internal sealed class ModelPlan
{
    private static readonly ConditionalWeakTable<IModel, ModelPlan> ByModel = [];

    private readonly ISqlGenerationHelper _sql;
    private readonly ConcurrentDictionary<IEntityType, EntityPlan> _entities = new();

    private ModelPlan(DbContext context, ContextRules rules)
    {
        _sql = context.GetService<ISqlGenerationHelper>();
        Rules = rules;
        HasFolded = context.Model.GetEntityTypes().Any(OwnedRows.IsFolded);
    }

    public ContextRules Rules { get; }

    /// <summary>Some entities live inside the rows of their owners.</summary>
    public bool HasFolded { get; }

    public static ModelPlan Of(DbContext context)
    {
        ContextRules rules = ContextRulesCache.For(context.GetType());
        if (!ByModel.TryGetValue(context.Model, out ModelPlan? known) || known.Rules != rules)
        {
            ByModel.AddOrUpdate(context.Model, known = new ModelPlan(context, rules));
        }

        return known;
    }

    public EntityPlan For(IEntityType type)
        => _entities.GetOrAdd(type, static (type, plan) => new EntityPlan(type, EntityRules.For(type, plan.Rules), plan._sql), this);
}
