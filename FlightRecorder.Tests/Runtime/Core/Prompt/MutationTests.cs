namespace FlightRecorder.Tests.Core.Prompt;

internal sealed class MutationTests
{
    [Test]
    public void An_update_shows_its_changed_members_and_names_the_others()
        => Assert.That(Section(Recordings.Ship.Mutations[0]), Does.Contain("""
                member   | before | after
                reserved | 3      | -2
                on_hand  | 40     | 35
                unchanged: product_id=3
            """));

    [Test]
    public void A_delete_shows_the_row_that_is_gone()
        => Assert.That(Section(new RecordedMutation { Operation = "delete", Table = "t", Before = Recordings.Json("""{"id":1}""") }), Does.Contain("id     | 1      | –"));

    [Test]
    public void A_masked_member_that_changed_is_listed_though_it_looks_the_same()
        => Assert.That(
            Section(new RecordedMutation { Operation = "update", Table = "t", Before = Recordings.Json("""{"pin":"[REDACTED]"}"""), After = Recordings.Json("""{"pin":"[REDACTED]"}"""), Changed = ["pin"] }),
            Does.Contain("pin    | \"[REDACTED]\" | \"[REDACTED]\""));

    [Test]
    public void A_set_based_statement_shows_its_first_rows_and_counts_the_others()
    {
        string section = Section(new RecordedMutation { Operation = "bulkDelete", Table = "t", Where = "id > 3", Before = Recordings.Json("[{\"id\":1},{\"id\":2},{\"id\":3},{\"id\":4},{\"id\":5},{\"id\":6},{\"id\":7}]"), Rows = 7 });
        Assert.That(section, Does.Contain("before: {\"id\":5}").And.Contain("before: 2 more rows").And.Contain("where: id > 3").And.Contain("7 rows").And.Not.Contain("{\"id\":6}"));
    }

    [Test]
    public void A_statement_of_the_timeline_is_named_and_another_one_is_written()
    {
        RecordedEntry step = Recordings.Ship.Timeline[2];
        RecordedMutation mutation = Recordings.Ship.Mutations[0];
        string section = Section(Recordings.Ship with { Mutations = [mutation with { Sql = step.Sql, Parameters = step.Parameters }, mutation with { Sql = "UPDATE elsewhere" }] });
        Assert.That(section, Does.Contain("statement and parameters: those of T3").And.Contain("  statement:\n    UPDATE elsewhere").And.Not.Contain("UPDATE stock"));
    }

    [Test]
    public void Each_run_of_a_statement_is_named_by_its_own_step()
    {
        string section = Section(Runs((10, """{"qty":-1}"""), (20, """{"qty":-2}"""), (30, """{"qty":-3}""")));
        Assert.That(Steps(section), Is.EqualTo(new[] { "T1", "T2", "T3" }));
        Assert.That(section, Does.Contain("that of T3\n  parameters: {\"qty\":-3}"), "the step may be cut");
    }

    [Test]
    public void Runs_with_equal_parameters_are_told_apart_by_time()
        => Assert.That(Steps(Section(Runs((10, """{"qty":1}"""), (20, """{"qty":1}"""), (30, """{"qty":1}""")))), Is.EqualTo(new[] { "T1", "T2", "T3" }));

    [TestCase("""{"qty":-1,"id":7}""")]
    [TestCase("""{"qty":-2}""")]
    [TestCase("""{"qty":"-1"}""")]
    [TestCase("{}")]
    public void A_run_with_other_parameters_is_not_named(string parameters)
    {
        Recording runs = Runs((10, """{"qty":-1}"""));
        string section = Section(runs with { Mutations = [runs.Mutations[0] with { Parameters = Recordings.Json(parameters) }] });
        Assert.That(section, Does.Contain("  statement:\n    UPDATE stock SET qty = @qty\n  parameters: " + parameters).And.Not.Contain(" of T1"));
    }

    [Test]
    public void A_step_that_began_after_the_mutation_is_not_named()
    {
        Recording runs = Runs((10, "{}"));
        Assert.That(Section(runs with { Mutations = [runs.Mutations[0] with { AtUs = 9 }] }), Does.Not.Contain(" of T1"));
    }

    [TestCase("\n")]
    [TestCase("\r\n")]
    public void One_of_several_statements_of_a_step_is_named_with_its_own_parameters(string lineEnd)
    {
        var recording = new Recording
        {
            Timeline = [new RecordedEntry { AtUs = 5, Type = "db.command", Sql = $"UPDATE orders SET status = @p0;{lineEnd}UPDATE stock SET qty = @p1;{lineEnd}", Parameters = Recordings.Json("""{"p1":2,"p0":"Paid"}""") }],
            Mutations = [Update(6, "UPDATE orders SET status = @p0", """{"p0":"Paid"}"""), Update(6, "UPDATE stock SET qty = @p1", """{"p1":3}""")],
        };
        Assert.That(Section(recording), Does.Contain("  statement: one of those of T1\n  parameters: {\"p0\":\"Paid\"}").And.Contain("  statement:\n    UPDATE stock SET qty = @p1\n  parameters: {\"p1\":3}"));
    }

    [Test]
    public void The_timeline_names_the_mutations_and_errors_that_its_steps_stand_for()
    {
        string prompt = PromptWriter.Write(Recordings.Ship);
        Assert.That(prompt, Does.Contain("db.mutation · M1 · update stock").And.Contain("error · E1 · Microsoft.EntityFrameworkCore.DbUpdateException\nT6"));
        Assert.That(PromptWriter.Write(Recordings.Ship with { Errors = [], Mutations = [] }), Does.Contain("failed: An error occurred").And.Not.Contain("M1").And.Not.Contain("E1"));
    }

    [TestCase(MutationOutcome.Committed, "committed")]
    [TestCase(MutationOutcome.RolledBack, "rolledBack")]
    [TestCase(MutationOutcome.Unknown, "unknown")]
    public void The_outcome_stands_in_the_title(MutationOutcome outcome, string word)
        => Assert.That(Section(new RecordedMutation { Operation = "insert", Table = "t", Outcome = outcome }), Does.Contain($"M1 insert t, {word}"));

    private static Recording Runs(params (long AtUs, string Parameters)[] runs) => new()
    {
        Timeline = [.. runs.Select(run => new RecordedEntry { AtUs = run.AtUs, Type = "db.command", Sql = "UPDATE stock SET qty = @qty", Parameters = Recordings.Json(run.Parameters) })],
        Mutations = [.. runs.Select(run => Update(run.AtUs + 5, "UPDATE stock SET qty = @qty", run.Parameters))],
    };

    private static RecordedMutation Update(long atUs, string sql, string parameters)
        => new() { AtUs = atUs, Operation = "update", Table = "stock", Sql = sql, Parameters = Recordings.Json(parameters) };

    private static string[] Steps(string section)
        => [.. section.Split('\n').Where(line => line.StartsWith("  statement: that of", StringComparison.Ordinal)).Select(line => line[(line.LastIndexOf(' ') + 1)..])];

    private static string Section(RecordedMutation mutation) => Section(new Recording { Mutations = [mutation] });

    private static string Section(Recording recording)
    {
        string prompt = PromptWriter.Write(recording);
        return prompt[prompt.IndexOf("## Mutations", StringComparison.Ordinal)..prompt.IndexOf("## Gaps", StringComparison.Ordinal)];
    }
}
