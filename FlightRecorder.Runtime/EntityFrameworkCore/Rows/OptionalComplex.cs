using Microsoft.EntityFrameworkCore.Metadata;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// Complex properties that may be absent. EF Core keeps what their members were, and not whether there was a value: of an absent one all
/// members are as new, and one that is there has a member that is not.
/// </summary>
internal static class OptionalComplex
{
    /// <param name="complex">The property.</param>
    /// <param name="value">What a member of it was.</param>
    public static bool IsAbsent(IComplexProperty complex, Func<IProperty, object?> value)
        => complex.IsNullable
            && complex.ComplexType.GetFlattenedProperties().All(property => value(property) is var was && (was is null || Equals(was, property.Sentinel)))
            && !complex.ComplexType.GetFlattenedComplexProperties().Any(static inner => inner.IsCollection);
}
