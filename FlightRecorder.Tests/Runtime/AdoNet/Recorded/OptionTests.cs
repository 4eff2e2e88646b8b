using System.Data.Common;
using FlightRecorder.Tests.AdoNet.Support;

namespace FlightRecorder.Tests.AdoNet.Recorded;

public sealed class OptionTests : StockDatabase
{
    [TestCase(-1, 200, "FlightRecorder:AdoNet:BeforeRowLimit is -1; allowed: 0 to 1000.")]
    [TestCase(1001, 200, "FlightRecorder:AdoNet:BeforeRowLimit is 1001; allowed: 0 to 1000.")]
    [TestCase(20, 0, "FlightRecorder:AdoNet:MaxMutations is 0; allowed: 1 to 1000.")]
    public void A_wrong_option_is_refused_with_key_value_and_range(int rows, int mutations, string message)
    {
        void Set(AdoNetRecordingOptions options)
        {
            options.BeforeRowLimit = rows;
            options.MaxMutations = mutations;
        }

        using DbConnection connection = Plain.CreateConnection();
        Assert.That(() => Plain.WithFlightRecorder(Set), Throws.InstanceOf<FlightRecorderConfigurationException>().With.Message.EqualTo(message));
        Assert.That(() => connection.WithFlightRecorder(Set), Throws.InstanceOf<FlightRecorderConfigurationException>().With.Message.EqualTo(message));
    }

    [Test]
    public void Without_CaptureParameters_there_are_none()
    {
        Taken taken = Record(options => options.CaptureParameters = false, "UPDATE stock SET qty = @qty");
        Assert.That(taken.Commands.Single().Parameters, Is.Null);
        Assert.That(taken.Mutations.Single().Parameters, Is.Null);
    }

    [Test]
    public void MaxMutations_is_a_limit_for_the_recording_and_leaves_a_gap()
    {
        Taken taken = Record(options => options.MaxMutations = 2, "UPDATE stock SET qty = @qty; DELETE FROM movements; DELETE FROM stock");
        Assert.That(taken.Mutations, Has.Length.EqualTo(2));
        Assert.That(taken.Gaps.Select(gap => gap.Why), Has.Some.EqualTo("1 more did not fit"));
        Assert.That(taken.Commands, Has.Length.EqualTo(1));
    }

    [Test]
    public void CaptureBefore_leaves_one_gap_for_all_writes_of_a_recording()
    {
        Assert.That(Record(_ => { }, "UPDATE stock SET qty = @qty; DELETE FROM movements").Gaps.Select(gap => gap.What), Is.EqualTo(new[] { "mutations.rows" }));
        Assert.That(Record(options => options.CaptureBefore = false, "UPDATE stock SET qty = @qty").Gaps, Is.Empty);
    }

    private Taken Record(Action<AdoNetRecordingOptions> configure, string sql)
        => Recorder.Record(() =>
        {
            using DbConnection connection = Plain.OpenConnection().WithFlightRecorder(configure);
            using DbCommand command = connection.CreateCommand();
            command.CommandText = sql;
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = "qty";
            parameter.Value = 4;
            command.Parameters.Add(parameter);
            command.ExecuteNonQuery();
        });
}
