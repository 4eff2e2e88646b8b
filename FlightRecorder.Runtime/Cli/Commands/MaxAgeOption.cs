using System.CommandLine;

namespace FlightRecorder.Cli;

/// <summary>The option that says how long the store keeps recordings; the same for each command that sends some.</summary>
internal static class MaxAgeOption
{
    private const int DefaultDays = 30;
    private const int MostDays = 3653;

    public static Option<int> Create()
    {
        var option = new Option<int>("--max-age")
        {
            Description = $"How many days the store keeps recordings, 1 to {MostDays}; older days are dropped.",
            HelpName = "DAYS",
            DefaultValueFactory = _ => DefaultDays,
        };
        option.Validators.Add(result => Check.Range(result, 1, MostDays));
        return option;
    }
}
