using FlightRecorder.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>The rule of an entity of the model: that of its type; of an owned one, that of its owner's member; of a join row, what both sides allow.</summary>
internal static class EntityRules
{
    private static readonly RedactionMap KeysOnly = new("join", null);

    public static EntityRule For(IEntityType type, ContextRules rules)
    {
        if (type.FindOwnership() is { PrincipalToDependent: { } navigation } ownership)
        {
            return Owned(For(ownership.PrincipalEntityType, rules), rules.For(type.ClrType), navigation.Name);
        }

        return type.IsPropertyBag ? Join(type, rules) : rules.For(type.ClrType);
    }

    private static EntityRule Owned(EntityRule owner, EntityRule own, string navigation)
        => new(owner.Recorded && !own.IsExcluded, own.Map ?? owner.Map?.Nested(navigation), owner.IsExcluded || own.IsExcluded);

    // The join table of a many-to-many has no type of its own to mark. Columns beside its keys are not known: fails closed.
    private static EntityRule Join(IEntityType type, ContextRules rules)
    {
        EntityRule[] sides = [.. type.GetForeignKeys().Select(key => For(key.PrincipalEntityType, rules))];
        bool isKnown = sides.Length > 0 && sides.All(side => side.Map is not null)
            && type.GetProperties().All(property => property.IsForeignKey() || property.IsKey());
        return new EntityRule(
            sides.Length > 0 ? sides.All(side => side.Recorded) : rules.IsRecorded,
            isKnown ? KeysOnly : null,
            sides.Any(side => side.IsExcluded));
    }
}
