using FlightRecorder.AspNetCore;
using FlightRecorder.Tests.AspNetCore.Support;

namespace FlightRecorder.Tests.AspNetCore.Plans;

/// <summary>The plans that the generator made for the rules in this assembly are those that its endpoints find.</summary>
public sealed class CompiledPlanTests
{
    [Test]
    public async Task Each_action_under_one_rule_of_its_controller_has_its_own_plan()
    {
        await using var endpoints = new Endpoints(app => app.MapControllers());

        Assert.Multiple(() =>
        {
            Assert.That(Compiled(endpoints["compiled/by-id"]), Is.EqualTo(("CompiledController.Get", 11)));
            Assert.That(Compiled(endpoints["compiled/by-name"]), Is.EqualTo(("CompiledController.Get", 11)));
            Assert.That(endpoints["compiled/by-id"].Handler, Is.Not.SameAs(endpoints["compiled/by-name"].Handler));
            Assert.That(Compiled(endpoints["compiled/own"]), Is.EqualTo(("CompiledController.Own", 22)));
            Assert.That(endpoints["compiled/own"].RequestBody!.Name, Does.Contain(nameof(CompiledBody)));
            Assert.That(endpoints["compiled/never"].IsRecorded, Is.False);
            Assert.That(endpoints.Log.Of(100), Is.Empty);
        });
    }

    [Test]
    public async Task Lambdas_local_functions_and_methods_have_their_plans_in_a_loop_too()
    {
        [Record(SlowMilliseconds = 3)]
        static string Local() => "local";

        await using var endpoints = new Endpoints(app =>
        {
            for (int i = 0; i < 2; i++)
            {
                app.MapGet("/loop" + i, [Record(SlowMilliseconds = 1)] () => "lambda");
            }

            app.MapPost("/other", [Record(SlowMilliseconds = 2)] (CompiledBody body) => body);
            app.MapGet("/local", Local);
            app.MapGet("/method", Method);
            app.MapGroup("/group").Record(rule => rule.SlowMilliseconds = 99).MapGet("/x", [Record(SlowMilliseconds = 5)] () => "nearest");
        });

        Assert.Multiple(() =>
        {
            Assert.That(Compiled(endpoints["/loop0"]).Slow, Is.EqualTo(1));
            Assert.That(endpoints["/loop1"].Handler, Is.SameAs(endpoints["/loop0"].Handler));
            Assert.That(Compiled(endpoints["/other"]).Slow, Is.EqualTo(2));
            Assert.That(endpoints["/other"].ResponseBody!.Name, Does.Contain(nameof(CompiledBody)));
            Assert.That(Compiled(endpoints["/local"]).Slow, Is.EqualTo(3));
            Assert.That(Compiled(endpoints["/method"]).Slow, Is.EqualTo(4));
            Assert.That(Compiled(endpoints["/group/x"]).Slow, Is.EqualTo(5));
            Assert.That(endpoints["/method"].Handler!.Location, Does.Match(@"CompiledPlanTests\.cs:\d+$"));
            Assert.That(endpoints.Log.Of(100), Is.Empty);
        });
    }

    [Record(SlowMilliseconds = 4)]
    private static string Method() => "method";

    private static (string Name, int Slow) Compiled(EndpointPlan plan) => (plan.Handler!.Name, plan.Handler.Rules.Single().SlowMilliseconds);
}
