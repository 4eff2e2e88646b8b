using FlightRecorder.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>The rule of an entity of the model: that of its type, and for an owned one that of its owner's member.</summary>
internal static class OwnedRules
{
    public static EntityRule For(IEntityType type, ContextRules rules)
    {
        if (type.FindOwnership() is not { PrincipalToDependent: { } navigation } ownership)
        {
            return rules.For(type.ClrType);
        }

        EntityRule owner = For(ownership.PrincipalEntityType, rules);
        EntityRule own = rules.For(type.ClrType);
        RedactionMap? map = own.Map ?? owner.Map?.Nested(navigation.Name);
        return new EntityRule(owner.Recorded && !own.IsExcluded, map, owner.IsExcluded || own.IsExcluded);
    }
}
