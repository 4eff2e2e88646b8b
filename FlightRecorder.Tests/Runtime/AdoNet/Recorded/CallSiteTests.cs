using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using FlightRecorder.Tests.AdoNet.Support;
using Npgsql;

namespace FlightRecorder.Tests.AdoNet.Recorded;

/// <summary>Where commands come from: constant texts by the table of the generator, others by the stack where that is wanted.</summary>
public sealed class CallSiteTests : StockDatabase
{
    // Not constant, so that no table knows it.
    private readonly string _sql = string.Concat("UPDATE stock SET qty = qty WHERE id = ", "1");

    [Test]
    public void A_constant_text_has_the_place_of_its_call_without_any_option()
    {
        int line = 0;
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.OpenConnection();
            line = Line() + 1;
            connection.Execute("UPDATE stock SET qty = qty WHERE id = 101");
        });
        AssertPlace(taken, line);
    }

    [Test]
    public void A_constant_text_of_two_places_has_none()
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.OpenConnection();
            connection.Execute("UPDATE stock SET qty = qty WHERE id = 102");
            connection.Execute("UPDATE stock SET qty = qty WHERE id = 102");
        });
        Assert.That(taken.Commands.Select(command => command.Location), Is.EqualTo(new string?[] { null, null }));
        Assert.That(taken.Mutations.Select(mutation => mutation.Table), Is.EqualTo(new[] { "stock", "stock" }));
    }

    [Test]
    public void Without_the_option_another_text_has_none()
    {
        Taken taken = Recorder.Record(() => Decorated.CreateCommand(_sql).ExecuteNonQuery());
        Assert.That(taken.Commands.Single().Location, Is.Null);
        Assert.That(taken.Gaps.Select(gap => gap.What), Has.None.EqualTo("location"));
    }

    [Test]
    public void A_command_has_the_place_of_its_caller()
    {
        int line = 0;
        Taken taken = Recorder.Record(() =>
        {
            using DbCommand command = Sited().CreateCommand(_sql);
            line = Line() + 1;
            command.ExecuteNonQuery();
        });
        AssertPlace(taken, line);
    }

    [Test]
    public async Task An_asynchronous_command_has_the_place_of_its_caller()
    {
        int line = 0;
        Taken taken = await Recorder.RecordAsync(async () =>
        {
            await using DbCommand command = Sited().CreateCommand(_sql);
            line = Line() + 1;
            await command.ExecuteNonQueryAsync();
        });
        AssertPlace(taken, line);
    }

    [Test]
    public void Dapper_is_passed_over()
    {
        int line = 0;
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Sited().OpenConnection();
            line = Line() + 1;
            connection.Execute(_sql, new { });
        });
        AssertPlace(taken, line);
    }

    [Test]
    public async Task Dapper_that_has_to_wait_for_its_connection_has_the_place_of_its_caller()
    {
        int line = 0;
        Taken taken = await Recorder.RecordAsync(async () =>
        {
            await using DbConnection connection = new NpgsqlConnection(Plain.ConnectionString + ";Pooling=false").WithFlightRecorder(o => o.CaptureCallSite = true);
            line = Line() + 1;
            await connection.ExecuteAsync(_sql);
        });
        AssertPlace(taken, line);
    }

    [Test]
    public void The_commands_of_a_batch_have_the_place_of_its_caller()
    {
        int line = 0;
        Taken taken = Recorder.Record(() =>
        {
            using DbBatch batch = Sited().CreateBatch();
            batch.BatchCommands.Add(new NpgsqlBatchCommand(_sql));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(_sql + "0"));
            line = Line() + 1;
            batch.ExecuteNonQuery();
        });
        AssertPlace(taken, line);
        Assert.That(taken.Commands, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Where_nobody_is_on_the_stack_a_gap_says_so()
    {
        Taken taken = await Recorder.RecordAsync(async () =>
        {
            await using DbCommand command = Sited().CreateCommand(_sql);
            await Task.Run(command.ExecuteNonQuery);
        });
        Assert.That(taken.Commands.Single().Location, Is.Null);
        Assert.That(taken.Gaps.Select(gap => gap.What), Has.Member("location"));
    }

    [Test, Explicit("Prints what finding a caller costs.")]
    public void Cost()
    {
        const int Runs = 20_000;
        CallSite.Find();
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        for (int i = 0; i < Runs; i++)
        {
            CallSite.Find();
        }

        TestContext.Out.WriteLine($"{System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMicroseconds / Runs:0.0} us, {new System.Diagnostics.StackTrace().FrameCount} frames");
    }

    private static void AssertPlace(Taken taken, int line)
    {
        string place = $"CallSiteTests.cs:{line}";
        Assert.That(taken.Commands.Select(command => command.Location), Is.All.EndsWith(place).And.All.Not.StartWith("/"));
        Assert.That(taken.Mutations.Select(mutation => mutation.Location), Is.All.EndsWith(place));
        Assert.That(taken.Gaps.Select(gap => gap.What), Has.None.EqualTo("location"));
    }

    private static int Line([CallerLineNumber] int line = 0) => line;

    private DbDataSource Sited() => Plain.WithFlightRecorder(options => options.CaptureCallSite = true);
}
