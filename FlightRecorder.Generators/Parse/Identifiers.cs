using System.Globalization;
using System.Text;

namespace FlightRecorder.Generators.Parse;

/// <summary>Identifiers made from names that are none.</summary>
internal static class Identifiers
{
    /// <summary>One identifier for each name: <c>A.B</c> is <c>A_B</c>, and <c>A_B</c> is <c>A__B</c>.</summary>
    public static string Escape(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            _ = c switch
            {
                '.' => text.Append('_'),
                '_' => text.Append("__"),
                _ when char.IsLetterOrDigit(c) => text.Append(c),
                _ => text.Append("_x").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture)),
            };
        }

        return text.ToString();
    }

    /// <summary>A field's name for a type: readable, and unlike the ones taken also where only case differs, because files are named after it.</summary>
    public static string Unique(string type, ISet<string> taken)
    {
        string plain = new([.. type.Replace("global::", "").Select(c => char.IsLetterOrDigit(c) ? c : '_')]);
        string name = plain.Trim('_');
        for (int number = 2; !taken.Add(name); number++)
        {
            name = plain.Trim('_') + "_" + number.ToString(CultureInfo.InvariantCulture);
        }

        return name;
    }
}
