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
        Recording recording = Recordings.Ship with
        {
            Mutations = [Recordings.Ship.Mutations[0] with { Sql = Recordings.Ship.Timeline[2].Sql }, Recordings.Ship.Mutations[0] with { Sql = "UPDATE elsewhere" }],
        };
        Assert.That(Section(recording), Does.Contain("statement and parameters: those of T3").And.Contain("UPDATE elsewhere").And.Not.Contain("UPDATE stock"));
    }

    [TestCase(MutationOutcome.Committed, "committed")]
    [TestCase(MutationOutcome.RolledBack, "rolledBack")]
    [TestCase(MutationOutcome.Unknown, "unknown")]
    public void The_outcome_stands_in_the_title(MutationOutcome outcome, string word)
        => Assert.That(Section(new RecordedMutation { Operation = "insert", Table = "t", Outcome = outcome }), Does.Contain($"M1 insert t, {word}"));

    private static string Section(RecordedMutation mutation) => Section(new Recording { Mutations = [mutation] });

    private static string Section(Recording recording)
    {
        string prompt = PromptWriter.Write(recording);
        return prompt[prompt.IndexOf("## Mutations", StringComparison.Ordinal)..prompt.IndexOf("## Gaps", StringComparison.Ordinal)];
    }
}
