using FlightRecorder.CompilerServices;
using Microsoft.Extensions.Logging;

namespace FlightRecorder.AspNetCore;

/// <summary>All that requests need of the recorder; one per host.</summary>
internal sealed class WebRecorder(Recorder recorder, FlightRecorderWebOptions options, ILoggerFactory loggers, TimeProvider? time = null)
{
    public Recorder Recorder { get; } = recorder;

    public FaultGuard Guard => Recorder.Guard;

    public WebSettings Settings { get; } = new(options);

    public PlanCatalog Plans { get; } = new(options.RecordEverything, recorder.Guard, loggers.CreateLogger("FlightRecorder"));

    /// <summary>For rules that a header switches on.</summary>
    public HeaderBudget Budget { get; } = new(
        options.HeaderRecordingsPerMinute, recorder.Counters, time ?? TimeProvider.System, loggers.CreateLogger("FlightRecorder"));

    /// <summary>The first rule of the plan that holds under <c>o.ShouldRecord</c>, or null. A condition that throws counts as no.</summary>
    public RulePlan? Judge(EndpointPlan plan, in RequestFacts request)
    {
        try
        {
            RulePlan? rule = plan.FirstThatHolds(in request, Budget);
            return rule is null || Settings.ShouldRecord is not { } should || should(request) ? rule : null;
        }
        catch (Exception error)
        {
            Guard.Report("filter", error);
            return null;
        }
    }
}
