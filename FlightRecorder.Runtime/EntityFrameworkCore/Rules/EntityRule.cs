using FlightRecorder.CompilerServices;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>What of an entity's rows is recorded.</summary>
/// <param name="Recorded">Whether its rows are recorded at all.</param>
/// <param name="Map">The redaction of its rows; null where the generator did not see the entity: fails closed.</param>
/// <param name="IsExcluded">Whether it carries [DoNotRecord].</param>
internal readonly record struct EntityRule(bool Recorded, RedactionMap? Map, bool IsExcluded = false)
{
    /// <summary>Nothing of it may be shown: neither its rows nor the parameters that carry them.</summary>
    public bool HidesParameters => !Recorded || Map is null;
}
