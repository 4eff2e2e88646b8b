using Microsoft.EntityFrameworkCore.Metadata;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Entities as a person names them: <c>Order</c>; an owned one by the way to it: <c>Order.Lines</c>.</summary>
internal static class ModelNames
{
    public static string Of(IEntityType type)
        => type.FindOwnership() is { PrincipalToDependent: { } navigation } ownership
            ? Of(ownership.PrincipalEntityType) + "." + navigation.Name
            : type.ShortName();
}
