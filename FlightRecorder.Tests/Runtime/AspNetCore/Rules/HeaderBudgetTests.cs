using FlightRecorder.AspNetCore;
using FlightRecorder.Tests.AspNetCore.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Tests.AspNetCore.Rules;

public sealed class HeaderBudgetTests
{
    [Test]
    public void A_minute_has_its_number_and_the_next_one_has_it_again()
    {
        var time = new Clock();
        var counters = new RecorderCounters();
        var budget = new HeaderBudget(3, counters, time, NullLogger.Instance);
        Assert.That(Enumerable.Range(0, 5).Count(_ => budget.TryTake()), Is.EqualTo(3));
        Assert.That(counters.OverHeaderBudget, Is.EqualTo(2));
        time.Seconds += 60;
        Assert.That(Enumerable.Range(0, 5).Count(_ => budget.TryTake()), Is.EqualTo(3));
    }

    [Test]
    public async Task Requests_beyond_the_budget_are_served_and_not_recorded()
    {
        await using TestApp app = await TestApp.StartAsync(
            app => app.MapGet("/x", () => "ok").Record(rule => rule.Header = "x-debug"),
            o => o.HeaderRecordingsPerMinute = 2);
        for (int i = 0; i < 5; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/x") { Headers = { { "x-debug", "on" } } };
            using HttpResponseMessage response = await app.Client.SendAsync(request);
            Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("ok"));
        }

        Assert.That(await app.SettledAsync(2), Has.Count.InRange(2, 4), "4 where a minute began in between");
        Assert.That(app.Log.Of(103), Has.Count.EqualTo(1));
        Assert.That(app.Recorder.Counters.OverHeaderBudget, Is.EqualTo(5 - app.Recorded.Count));
    }

    [Test]
    public async Task Another_rule_that_holds_still_records_and_rules_without_a_header_take_nothing()
    {
        await using TestApp app = await TestApp.StartAsync(
            app => app.MapGet("/x", () => "ok").Record(rule => rule.Header = "x-debug").Record(rule => rule.Methods = ["GET"]),
            o => o.HeaderRecordingsPerMinute = 1);
        for (int i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/x") { Headers = { { "x-debug", "on" } } };
            (await app.Client.SendAsync(request)).Dispose();
        }

        Assert.That(await app.SettledAsync(3), Has.Count.EqualTo(3));
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
