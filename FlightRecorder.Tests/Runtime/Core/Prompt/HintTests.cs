namespace FlightRecorder.Tests.Core.Prompt;

internal sealed class HintTests
{
    [Test]
    public void A_refused_write_points_to_the_earlier_one()
        => Assert.That(Hints(Recordings.Ship), Does.Contain("E1: a check constraint refused a write").And.Contain("no related recording was handed in"));

    [Test]
    public void Rolled_back_work_under_a_success_is_named()
        => Assert.That(Hints(Recordings.Ship with { Outcome = RecordingOutcome.Completed, Response = new RecordedResponse { Status = 200 } }), Does.Contain("M1 rolled back, yet the client was told of success"));

    [Test]
    public void Committed_work_under_a_failure_is_named()
        => Assert.That(Hints(Recordings.Create with { Outcome = RecordingOutcome.Failed }), Does.Contain("M1, M2 stayed although the request failed"));

    [Test]
    public void A_row_written_twice_is_named()
        => Assert.That(Hints(Recordings.Create with { Mutations = [Recordings.Create.Mutations[1], Recordings.Create.Mutations[1]] }), Does.Contain("M1, M2 wrote one row more than once"));

    [Test]
    public void An_unobserved_outcome_is_named()
        => Assert.That(Hints(Recordings.Create with { Mutations = [Recordings.Create.Mutations[1] with { Outcome = MutationOutcome.Unknown }] }), Does.Contain("M1 has no observed outcome"));

    [Test]
    public void Slow_steps_are_named()
        => Assert.That(Hints(new Recording { Timeline = [new RecordedEntry { Type = "db.query", DurationUs = 500_000 }] }), Does.Contain("T1 took half a second or more"));

    [Test]
    public void A_statement_that_runs_again_and_again_is_named()
        => Assert.That(Hints(new Recording { Timeline = [.. Enumerable.Repeat(new RecordedEntry { Type = "db.query", Sql = "SELECT 1" }, 5)] }), Does.Contain("T1 ran 5 times"));

    [TestCase(BodyState.Unread, "never read the request's body")]
    [TestCase(BodyState.Truncated, "stored in part only")]
    [TestCase(BodyState.Unparsed, "did not parse")]
    public void A_body_that_is_not_whole_is_named(BodyState state, string hint)
        => Assert.That(Hints(new Recording { Request = new RecordedRequest { Body = new RecordedBody { State = state } } }), Does.Contain(hint));

    [TestCase(400, "blames the input")]
    [TestCase(401, "Access was refused")]
    [TestCase(404, "Something was not found")]
    [TestCase(409, "says conflict")]
    [TestCase(418, "blames the caller")]
    [TestCase(429, "The caller was limited")]
    [TestCase(503, "blames the server")]
    [TestCase(200, "No rule applies")]
    public void The_class_of_the_answer_is_named(int status, string hint)
        => Assert.That(Hints(new Recording { Response = new RecordedResponse { Status = status } }), Does.Contain(hint));

    [TestCase("System.NullReferenceException", "a value was missing")]
    [TestCase("Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException", "two writers met")]
    [TestCase("System.OperationCanceledException", "work was cut off by time")]
    public void The_kind_of_an_exception_is_named(string type, string hint)
        => Assert.That(Hints(new Recording { Errors = [new RecordedError { Type = "Outer", Inner = [new RecordedError { Type = type }] }] }), Does.Contain("E1: " + hint));

    [Test]
    public void A_process_that_died_is_named()
        => Assert.That(Hints(new Recording { Outcome = RecordingOutcome.Unfinished }), Does.Contain("The process died"));

    private static string Hints(Recording recording)
    {
        string prompt = PromptWriter.Write(recording);
        return prompt[prompt.IndexOf("## What to investigate", StringComparison.Ordinal)..prompt.IndexOf("## Tasks", StringComparison.Ordinal)];
    }
}
