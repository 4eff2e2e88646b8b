using System.Collections;
using System.Data;
using System.Data.Common;
using System.Globalization;

namespace FlightRecorder;

/// <summary>Copies of the parameters that a condition needs, without names: the provider then takes the text as it is.</summary>
internal static class CopiedParameters
{
    /// <param name="wanted">As they are written in the text, with their sign.</param>
    /// <param name="given">Those of the app's command, which stay untouched.</param>
    /// <returns>Null where one is not there, or can't be copied without being used up.</returns>
    public static DbParameter[]? Of(string[] wanted, DbParameterCollection given)
    {
        var copies = new DbParameter[wanted.Length];
        for (int i = 0; i < wanted.Length; i++)
        {
            if (Find(wanted[i], given) is not { } parameter || Copy(parameter) is not { } copy)
            {
                return null;
            }

            copies[i] = copy;
        }

        return copies;
    }

    private static DbParameter? Find(string written, DbParameterCollection given)
    {
        string name = written[1..];
        if (written[0] == '$')
        {
            return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= given.Count
                && string.IsNullOrEmpty(given[number - 1].ParameterName) ? given[number - 1] : null;
        }

        foreach (DbParameter parameter in given)
        {
            if (name.Equals(parameter.ParameterName?.TrimStart('@', ':'), StringComparison.OrdinalIgnoreCase))
            {
                return parameter;
            }
        }

        return null;
    }

    private static DbParameter? Copy(DbParameter parameter)
    {
        bool isOnce = parameter.Value is Stream || parameter.Value is IEnumerable and not (string or ICollection);
        if (isOnce || parameter.Direction is not ParameterDirection.Input || parameter is not ICloneable original || original.Clone() is not DbParameter copy)
        {
            return null;
        }

        copy.ParameterName = "";
        return copy;
    }
}
