using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.AspNetCore.Support;

namespace FlightRecorder.Tests.AspNetCore.Plans;

public sealed class HandlerIdentityTests
{
    private const string File = "/_/Tests/Place.cs";

    [Test]
    public async Task Overloads_of_an_action_have_plans_of_their_own()
    {
        using var plans = new RegisteredPlans(
            RegisteredPlans.Plan("ById", HandlerIdentity.Action(typeof(PlannedController), "Get", typeof(int))),
            RegisteredPlans.Plan("ByName", HandlerIdentity.Action(typeof(PlannedController), "Get", typeof(string), typeof(int))));
        await using var endpoints = new Endpoints(app => app.MapControllers());

        Assert.That(endpoints["planned/by-id"].Handler!.Name, Is.EqualTo("ById"));
        Assert.That(endpoints["planned/by-name"].Handler!.Name, Is.EqualTo("ByName"));
        Assert.That(endpoints["planned/other"].IsRecorded, Is.False);
    }

    [Test]
    public async Task An_inherited_action_has_the_plan_of_the_derived_controller()
    {
        using var plans = new RegisteredPlans(
            RegisteredPlans.Plan("Base", HandlerIdentity.Action(typeof(PlannedBaseController), "List")),
            RegisteredPlans.Plan("Derived", HandlerIdentity.Action(typeof(PlannedDerivedController), "List")));
        await using var endpoints = new Endpoints(app => app.MapControllers());

        Assert.That(endpoints["derived/list"].Handler!.Name, Is.EqualTo("Derived"));
    }

    [Test]
    public async Task An_inherited_action_of_a_controller_without_a_plan_has_that_of_its_base_class()
    {
        using var plans = new RegisteredPlans(RegisteredPlans.Plan("Base", HandlerIdentity.Action(typeof(PlannedBaseController), "List")));
        await using var endpoints = new Endpoints(app => app.MapControllers());

        Assert.That(endpoints["derived/list"].Handler!.Name, Is.EqualTo("Base"));
    }

    [Test]
    public async Task A_lambda_is_recognised_by_the_place_of_any_of_its_rules()
    {
        using var plans = new RegisteredPlans(RegisteredPlans.Plan("Lambda", HandlerIdentity.Delegate(File, 12)));
        await using var endpoints = new Endpoints(app =>
        {
            app.MapGet("/here", () => "").WithMetadata(new RecordAttribute(File, 11), new RecordAttribute(File, 12));
            app.MapGet("/there", () => "").WithMetadata(new RecordAttribute(File, 13));
        });

        Assert.That(endpoints["/here"].Handler!.Name, Is.EqualTo("Lambda"));
        Assert.That(endpoints["/there"].Handler, Is.Null);
    }

    [Test]
    public async Task A_request_delegate_is_recognised_by_the_place_of_its_rule()
    {
        using var plans = new RegisteredPlans(RegisteredPlans.Plan("Delegate", HandlerIdentity.Delegate(File, 20)));
        await using var endpoints = new Endpoints(app => app.MapGet("/raw", (HttpContext _) => Task.CompletedTask).WithMetadata(new RecordAttribute(File, 20)));

        Assert.That(endpoints["/raw"].Handler!.Name, Is.EqualTo("Delegate"));
    }

    [Test]
    public async Task Method_groups_are_recognised_by_their_names_and_parameters()
    {
        using var plans = new RegisteredPlans(
            RegisteredPlans.Plan("ByNumber", HandlerIdentity.MethodGroup(typeof(HandlerIdentityTests), nameof(Handle), typeof(int))),
            RegisteredPlans.Plan("ByText", HandlerIdentity.MethodGroup(typeof(HandlerIdentityTests), nameof(Handle), typeof(string))));
        await using var endpoints = new Endpoints(app => app.MapGet("/group", (Func<string, string>)Handle));

        Assert.That(endpoints["/group"].Handler!.Name, Is.EqualTo("ByText"));
    }

    [Test]
    public async Task The_fallback_of_an_assembly_covers_handlers_without_a_plan_of_their_own()
    {
        HandlerPlan fallback = RegisteredPlans.Plan("Fallback", HandlerIdentity.Delegate("", 0));
        using var plans = new RegisteredPlans(fallback, [RegisteredPlans.Plan("Own", HandlerIdentity.Delegate(File, 30))]);
        await using var endpoints = new Endpoints(app =>
        {
            app.MapGet("/plain", () => "");
            app.MapGet("/own", () => "").WithMetadata(new RecordAttribute(File, 30));
            app.MapControllers();
        });

        Assert.That(endpoints["/plain"].Handler!.Name, Is.EqualTo("Fallback"));
        Assert.That(endpoints["/own"].Handler!.Name, Is.EqualTo("Own"));
        Assert.That(endpoints["planned/other"].Handler!.Name, Is.EqualTo("Fallback"));
    }

    [Test]
    public async Task A_rule_without_a_plan_is_warned_about_once_and_judged_by_its_own_conditions()
    {
        await using var endpoints = new Endpoints(app =>
        {
            var rule = new RecordAttribute(File, 40) { Bodies = Bodies.None };
            app.MapGet("/x", () => "").WithMetadata(rule);
            app.MapGet("/y", () => "").WithMetadata(rule);
        });

        Assert.That(endpoints["/y"].IsRecorded, Is.True);
        Assert.That(endpoints["/x"].Rules.Single().Outcome.Bodies, Is.EqualTo(Bodies.None));
        Assert.That(endpoints["/x"].RequestBody, Is.Null);
        Assert.That(endpoints.Log.Of(100).Single(), Does.Contain("/_/Tests/Place.cs:40"));
    }

    [Test]
    public async Task A_rule_without_a_plan_whose_filter_cannot_be_called_is_warned_about()
    {
        await using var endpoints = new Endpoints(app => app.MapGet("/x", () => "").WithMetadata(new RecordAttribute(File, 41) { Filter = typeof(Never) }));

        Assert.That(endpoints["/x"].Rules, Has.Length.EqualTo(1));
        Assert.That(endpoints.Log.Of(101).Single(), Does.Contain(nameof(Never)));
    }

    private static string Handle(string name) => name;

    private static string Handle(int id) => id.ToString();

    private sealed class Never : IRecordFilter
    {
        public static bool ShouldRecord(in RequestFacts request) => false;
    }
}
