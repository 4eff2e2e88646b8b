using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.AspNetCore.Support;

namespace FlightRecorder.Tests.AspNetCore.Plans;

public sealed class BodyMapTests
{
    private static readonly RedactionMap Known = new(nameof(PlannedBody), null);

    [Test]
    public async Task A_body_type_that_only_the_metadata_tells_has_the_registered_map()
    {
        using var plans = new RegisteredPlans(null, [], KeyValuePair.Create(typeof(PlannedBody), Known));
        await using var endpoints = new Endpoints(
            app =>
            {
                app.MapPost("/minimal", (PlannedBody body) => body);
                app.MapPost("/list", (List<PlannedBody> bodies) => TypedResults.Ok(bodies.ToArray()));
                app.MapControllers();
            },
            recordEverything: true);

        Assert.Multiple(() =>
        {
            Assert.That(endpoints["/minimal"].RequestBody, Is.SameAs(Known));
            Assert.That(endpoints["/minimal"].ResponseBody, Is.SameAs(Known));
            Assert.That(endpoints["/list"].RequestBody, Is.SameAs(Known));
            Assert.That(endpoints["/list"].ResponseBody, Is.SameAs(Known));
            Assert.That(endpoints["planned/body"].RequestBody, Is.SameAs(Known));
        });
    }

    [Test]
    public async Task A_response_of_several_types_has_no_map()
    {
        using var plans = new RegisteredPlans(null, [], KeyValuePair.Create(typeof(PlannedBody), Known));
        await using var endpoints = new Endpoints(
            app => app.MapGet("/either", () => Results.Ok()).Produces<PlannedBody>(200).Produces<string>(409),
            recordEverything: true);

        Assert.That(endpoints["/either"].ResponseBody, Is.Null);
    }

    [Test]
    public async Task The_plan_of_a_handler_knows_its_bodies_best()
    {
        var own = new RedactionMap("own", null);
        HandlerPlan plan = new()
        {
            Name = "Lambda",
            Location = "Tests/Lambda.cs:1",
            Identity = HandlerIdentity.Delegate("/_/Tests/Bodies.cs", 1),
            Rules = [new RulePlan()],
            Match = (in RequestFacts _) => 1,
            RequestBody = own,
            ResponseBody = RedactionMap.Unknown,
        };
        using var plans = new RegisteredPlans(null, [plan], KeyValuePair.Create(typeof(PlannedBody), Known));
        await using var endpoints = new Endpoints(app => app.MapPost("/x", (PlannedBody body) => body).WithMetadata(new RecordAttribute("/_/Tests/Bodies.cs", 1)));

        Assert.That(endpoints["/x"].RequestBody, Is.SameAs(own));
        Assert.That(endpoints["/x"].ResponseBody, Is.SameAs(Known), "an unknown type is looked up in the metadata");
    }
}
