using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>A row that the context tracks, with its members: EF Core makes an object for each asking, and a save asks several times.</summary>
internal readonly struct TrackedRow
{
    private readonly PropertyEntry[] _members;

    public TrackedRow(EntityEntry entry, EntityPlan plan)
    {
        Entry = entry;
        Plan = plan;
        _members = new PropertyEntry[plan.Properties.Length];
        for (int i = 0; i < _members.Length; i++)
        {
            _members[i] = entry.Property(plan.Properties[i].Property);
        }
    }

    public EntityEntry Entry { get; }

    public EntityPlan Plan { get; }

    public PropertyEntry this[PropertyPlan property] => _members[property.Index];
}
