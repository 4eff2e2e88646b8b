namespace FlightRecorder.Tests.Core.Transactions;

/// <summary>What becomes of a change when the end of its transaction, or a text with transaction control, fails.</summary>
public sealed class FailedEndTests
{
    private readonly object _connection = new();
    private readonly Ledger _ledger = new();

    [TestCase(true, "23505", MutationOutcome.RolledBack)]
    [TestCase(true, "08006", MutationOutcome.Unknown)]
    [TestCase(true, null, MutationOutcome.Unknown)]
    [TestCase(false, "23505", MutationOutcome.Unknown)]
    public void Only_a_commit_that_the_server_refused_is_known_to_have_undone_the_work(bool isCommit, string? state, MutationOutcome outcome)
    {
        LedgerTransaction transaction = _ledger.Begin(_connection);

        _ledger.EndFailed(transaction, isCommit, new StateError(state));

        Assert.That(transaction.Outcome, Is.EqualTo(outcome));
        Assert.That(transaction.IsInDoubt, Is.EqualTo(outcome == MutationOutcome.Unknown));
        Assert.That(_ledger.On(_connection), Is.Null);
    }

    [Test]
    public void A_transaction_let_go_of_without_an_end_is_not_in_doubt()
    {
        LedgerTransaction transaction = _ledger.Begin(_connection);

        _ledger.Forget(_connection);

        Assert.That(transaction.IsInDoubt, Is.False);
    }

    [Test]
    public void A_text_of_several_statements_that_failed_ends_what_was_open_unseen_and_leaves_something_that_no_commit_settles()
    {
        LedgerTransaction before = _ledger.Begin(_connection);

        Fail(alone: null);

        Assert.That(before.Outcome, Is.EqualTo(MutationOutcome.Unknown));
        LedgerTransaction unsure = _ledger.On(_connection)!;
        _ledger.Commit(unsure);
        Assert.That(unsure.Outcome, Is.EqualTo(MutationOutcome.Unknown));
    }

    [TestCase("Commit", MutationOutcome.RolledBack)]
    [TestCase("RollBack", MutationOutcome.Unknown)]
    [TestCase("PrepareTransaction", MutationOutcome.Unknown)]
    public void An_end_as_text_that_the_server_refused_ends_the_transaction(string verb, MutationOutcome outcome)
    {
        LedgerTransaction transaction = _ledger.Begin(_connection);

        Fail(Enum.Parse<SqlVerb>(verb));

        Assert.That((transaction.IsOpen, transaction.Outcome), Is.EqualTo((false, outcome)));
    }

    [Test]
    public void A_savepoint_as_text_that_failed_dooms_the_transaction()
    {
        LedgerTransaction transaction = _ledger.Begin(_connection);

        Fail(SqlVerb.Savepoint);

        Assert.That((transaction.IsOpen, transaction.IsDoomed), Is.EqualTo((true, true)));
    }

    [Test]
    public void A_begin_as_text_that_failed_changes_nothing()
    {
        Fail(SqlVerb.Begin);

        Assert.That(_ledger.On(_connection), Is.Null);
    }

    private void Fail(SqlVerb? alone) => _ledger.RunFailed(_connection, _ledger.On(_connection), alone, new StateError("42601"), FailureEffect.Dooms);
}
