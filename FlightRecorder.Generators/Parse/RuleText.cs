using System.Globalization;
using FlightRecorder.Generators.Model;

namespace FlightRecorder.Generators.Parse;

/// <summary>A rule in words.</summary>
internal static class RuleText
{
    public static string Of(RuleModel rule)
        => rule.Never ? $"never{Place(rule)}" : string.Join(", ", [Keep(rule), .. Conditions(rule)]) + Place(rule);

    private static string Place(RuleModel rule) => rule.Place is { } place ? $" ({place})" : "";

    private static string Keep(RuleModel rule)
        => rule.Keep.Count == 0 ? "kept always" : "kept on " + string.Join(" or ", rule.Keep.Select(when => Word(when, rule)));

    private static string Word(string when, RuleModel rule) => when switch
    {
        "Slow" => string.Format(CultureInfo.InvariantCulture, "slow from {0} ms", rule.SlowMilliseconds),
        "ClientError" => "client error",
        _ => when.ToLowerInvariant(),
    };

    private static IEnumerable<string> Conditions(RuleModel rule)
    {
        string[] conditions =
        [
            rule.Methods.Count > 0 ? string.Join(" or ", rule.Methods) : "",
            rule.Path == PathCondition.Any ? "" : rule.Path == PathCondition.Under ? rule.PathPattern + "/**" : rule.PathPattern,
            rule.Header is { } header ? $"header {header}" + (rule.HeaderValues.Count > 0 ? " = " + string.Join(" or ", rule.HeaderValues) : "") : "",
            rule.Actors.Count > 0 ? string.Format(CultureInfo.InvariantCulture, "{0} named actors", rule.Actors.Count) : "",
            rule.SampleRate < 1 ? string.Format(CultureInfo.InvariantCulture, "sample rate {0}", rule.SampleRate) : "",
            rule.Filter is { } filter ? "filter " + filter.Replace("global::", "") : "",
        ];
        return conditions.Where(condition => condition.Length > 0);
    }
}
