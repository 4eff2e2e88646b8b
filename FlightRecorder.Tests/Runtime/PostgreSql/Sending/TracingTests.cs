using System.Collections.Concurrent;
using System.Diagnostics;
using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.PostgreSql.Sending;

/// <summary>The app's telemetry does not hear of the recorder's own statements.</summary>
public sealed class TracingTests
{
    [Test]
    public async Task Our_statements_over_a_connection_string_are_not_traced()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();

        Assert.That(await TracedAsync(rig, rig.Connections), Is.Empty);
    }

    private static async Task<string[]> TracedAsync(StoreRig rig, PostgresConnections connections)
    {
        var traced = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = traced.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var ours = new Activity("shipping");
        ours.Start();
        rig.Journal.Write("20261120T080000-9f3a11c2d4e5f607-0001.jsonl", LineBuilder.Bytes(LineBuilder.Request(1)));
        await using var shipper = new Shipper(rig.Journal.Path, connections, rig.Log);
        await shipper.ShipAsync(CancellationToken.None);
        ours.Stop();

        // That the listener hears of statements at all.
        using var theirs = new Activity("theirs");
        theirs.Start();
        Assert.That(await rig.SessionsAsync(), Is.EqualTo(1));
        Assert.That(traced.Where(one => one.TraceId == theirs.TraceId && one != theirs), Is.Not.Empty);

        // The opening of a connection is no statement.
        return [.. traced.Where(one => one.TraceId == ours.TraceId && one.Source.Name == "Npgsql").Select(one => one.DisplayName).Where(name => !name.StartsWith("CONNECT ", StringComparison.Ordinal))];
    }
}
