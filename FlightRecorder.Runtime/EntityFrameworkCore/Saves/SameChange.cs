namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Whether two mutations of one entity write the same, but for what the database generates.</summary>
internal static class SameChange
{
    public static bool Is(MutationEntry left, MutationEntry right, EntityPlan plan)
        => left.Operation == right.Operation
            && (left.Operation == "insert" || AreEqual(left.Key, right.Key, plan))
            && AreEqual(left.After?[0], right.After?[0], plan);

    private static bool AreEqual(NamedValue[]? left, NamedValue[]? right, EntityPlan plan)
    {
        foreach (PropertyPlan property in plan.Properties)
        {
            if (!property.MayBeTemporary && !Equals(ValueOf(left, property.Name), ValueOf(right, property.Name)))
            {
                return false;
            }
        }

        return true;
    }

    private static object? ValueOf(NamedValue[]? row, string name)
    {
        foreach (NamedValue value in row ?? [])
        {
            if (value.Name == name)
            {
                return value.Value is JsonFragment json ? Convert.ToBase64String(json.Utf8) : value.Value;
            }
        }

        return null;
    }
}
