namespace FlightRecorder.Tests.Core.Transactions;

/// <summary>Errors of servers that nobody can place, and what they leave of a commit.</summary>
public sealed class RefusalTests
{
    private readonly object _connection = new();
    private readonly Ledger _ledger = new();

    [TestCase(0, 0, 0, 0, false)]
    [TestCase(0, 0, 1, 0, true)]
    [TestCase(0, 0, 1, 1, false)]
    [TestCase(0, 0, 2, 1, true)]
    [TestCase(3, 2, 3, 2, false, Description = "the stray one was there before")]
    [TestCase(3, 2, 3, 3, false, Description = "the one from before was on its way")]
    [TestCase(3, 2, 4, 3, true, Description = "the one that was on its way may be the one placed")]
    [TestCase(3, 2, 4, 4, false)]
    public void Only_those_that_came_meanwhile_and_have_no_place_count(int seenThen, int placedThen, int seen, int placed, bool isStray)
        => Assert.That(new Refusals(seen, placed).HasStraySince(new Refusals(seenThen, placedThen)), Is.EqualTo(isStray));

    [Test]
    public void A_commit_after_one_proves_nothing()
    {
        LedgerTransaction transaction = _ledger.Begin(_connection);

        _ledger.Refused();
        _ledger.Commit(transaction);

        Assert.That(transaction.Outcome, Is.EqualTo(MutationOutcome.Unknown));
    }

    [Test]
    public void A_commit_after_one_that_came_before_it_began_is_a_commit()
    {
        _ledger.Refused();
        LedgerTransaction transaction = _ledger.Begin(_connection);

        _ledger.Commit(transaction);

        Assert.That(transaction.Outcome, Is.EqualTo(MutationOutcome.Committed));
    }

    [Test]
    public void A_rollback_to_a_savepoint_settles_what_came_before_it()
    {
        LedgerTransaction transaction = _ledger.Begin(_connection);
        transaction.Save("a");
        _ledger.Refused();

        transaction.RollBackTo("a");
        _ledger.Commit(transaction);

        Assert.That(transaction.Outcome, Is.EqualTo(MutationOutcome.Committed));
    }

    [Test]
    public void A_write_whose_rows_are_still_read_is_in_doubt_after_one()
    {
        MutationEntry reading = Committed();
        MutationEntry read = Committed();
        _ledger.Read(_connection, read);
        _ledger.HasRead(_connection);
        _ledger.Read(_connection, reading);

        _ledger.Refused();

        Assert.That((read.Outcome, reading.Outcome), Is.EqualTo((MutationOutcome.Committed, MutationOutcome.Unknown)));
        Assert.That(_ledger.HasUnread, Is.False);
    }

    [Test]
    public void Nothing_is_left_for_the_next_recording()
    {
        _ledger.Refused();
        _ledger.Read(_connection, Committed());

        _ledger.Clear();

        Assert.That((_ledger.Refusals, _ledger.HasOpen), Is.EqualTo((default(Refusals), false)));
    }

    private static MutationEntry Committed() => new() { Source = "efcore", Operation = "insert", Outcome = MutationOutcome.Committed };
}
