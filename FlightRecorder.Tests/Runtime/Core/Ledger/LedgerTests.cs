namespace FlightRecorder.Tests.Core.Transactions;

public sealed class LedgerTests
{
    private readonly object _connection = new();
    private Ledger _ledger = null!;

    [SetUp]
    public void Create() => _ledger = new Ledger();

    // A script of one connection: "begin" … "commit" as SQL text, a name for a change, "fail"/"lost" for a failed statement, "goes" for one that went through,
    // "save"/"back" for savepoints that the provider does not name.
    [TestCase("begin; a; commit", "a Committed")]
    [TestCase("begin; a; rollback", "a RolledBack")]
    [TestCase("begin; a", "a Unknown")]
    [TestCase("begin; a; forget", "a Unknown")]
    [TestCase("begin; a; begin; b; commit", "a Committed, b Committed")]
    [TestCase("begin; savepoint x; a; rollback to x; b; commit", "a RolledBack, b Committed")]
    [TestCase("begin; a; savepoint x; b; rollback to savepoint X; commit", "a Committed, b RolledBack")]
    [TestCase("begin; savepoint x; a; savepoint y; b; rollback to x; commit", "a RolledBack, b RolledBack")]
    [TestCase("begin; savepoint x; a; savepoint y; b; rollback to y; commit", "a Committed, b RolledBack")]
    [TestCase("begin; savepoint x; a; savepoint x; b; rollback to x; commit", "a Committed, b RolledBack")]
    [TestCase("begin; savepoint x; a; release savepoint x; rollback", "a RolledBack")]
    [TestCase("begin; a; savepoint x; b; release x; rollback to x; commit", "a Unknown, b Unknown")]
    [TestCase("begin; save; a; back; commit", "a RolledBack")]
    [TestCase("begin; save; a; save; b; back; commit", "a Unknown, b RolledBack")]
    [TestCase("begin; save; a; save; b; back; rollback", "a RolledBack, b RolledBack")]
    [TestCase("begin; save; a; save; b; back; c; back; commit", "a Unknown, b RolledBack, c RolledBack")]
    [TestCase("begin; a; fail; commit", "a RolledBack")]
    [TestCase("begin; a; lost; commit", "a Unknown")]
    [TestCase("begin; a; lost; rollback", "a RolledBack")]
    [TestCase("begin; a; savepoint x; b; fail; rollback to x; c; commit", "a Committed, b RolledBack, c Committed")]
    [TestCase("begin; a; fail; b; goes; c; commit", "a Unknown, b Unknown, c Unknown")]
    [TestCase("begin; savepoint x; a; savepoint y; b; rollback to y; c; commit", "a Committed, b RolledBack, c Committed")]
    [TestCase("begin; a; save; b; savepoint x; c; rollback to x; commit", "a Committed, b Committed, c RolledBack")]
    [TestCase("begin; a; savepoint x; b; save; c; rollback to x; commit", "a Committed, b Unknown, c RolledBack")]
    [TestCase("begin; a; commit and chain; b; rollback", "a Committed, b RolledBack")]
    [TestCase("begin; a; prepare transaction 'x'; commit", "a Unknown")]
    [TestCase("begin; a; begin tran; b; commit", "a Unknown, b Unknown")]
    [TestCase("begin; a; select `b`; commit", "a Committed")]
    public void What_becomes_of_changes_follows_what_was_observed(string script, string outcomes)
    {
        List<MutationEntry> changes = [];
        foreach (string step in script.Split("; "))
        {
            Play(step, changes);
        }

        Assert.That(string.Join(", ", changes.Select(change => change.Model + " " + change.Outcome)), Is.EqualTo(outcomes));
    }

    [Test]
    public void Transactions_are_numbered_within_a_recording()
    {
        Assert.That(_ledger.Begin(_connection).Label, Is.EqualTo("t1"));
        Assert.That(_ledger.Begin(new object()).Label, Is.EqualTo("t2"));

        _ledger.Clear();

        Assert.That(_ledger.Begin(_connection).Label, Is.EqualTo("t1"));
    }

    [Test]
    public void A_change_that_arrives_after_the_end_takes_its_outcome()
    {
        LedgerTransaction transaction = _ledger.Begin(_connection);
        _ledger.Commit(transaction);
        MutationEntry late = Change("late");

        transaction.Add(late);

        Assert.That(late.Outcome, Is.EqualTo(MutationOutcome.Committed));
    }

    [Test]
    public void A_transaction_is_found_by_its_connection_and_by_its_handle_while_it_is_open()
    {
        object handle = new();
        LedgerTransaction transaction = _ledger.Begin(_connection, handle);

        Assert.That(_ledger.On(_connection), Is.SameAs(transaction));
        Assert.That(_ledger.Of(handle), Is.SameAs(transaction));

        _ledger.RollBack(transaction);

        Assert.That(_ledger.On(_connection), Is.Null);
        Assert.That(_ledger.Of(handle), Is.Null);
    }

    [Test]
    public void A_handle_that_the_provider_uses_again_is_another_transaction()
    {
        object handle = new();
        LedgerTransaction first = _ledger.Begin(_connection, handle);
        MutationEntry lost = Change("lost");
        first.Add(lost);

        LedgerTransaction second = _ledger.Begin(new object(), handle);
        _ledger.Commit(_ledger.Of(handle));

        Assert.That(second.Outcome, Is.EqualTo(MutationOutcome.Committed));
        Assert.That(lost.Outcome, Is.EqualTo(MutationOutcome.Unknown));
    }

    [Test]
    public void An_end_told_twice_counts_once()
    {
        LedgerTransaction transaction = _ledger.Begin(_connection);
        _ledger.RollBack(transaction);

        _ledger.Commit(transaction);

        Assert.That(transaction.Outcome, Is.EqualTo(MutationOutcome.RolledBack));
    }

    private void Play(string step, List<MutationEntry> changes)
    {
        switch (step)
        {
            case "forget": _ledger.Forget(_connection); break;
            case "fail": _ledger.On(_connection)!.StatementFailed(FailureEffect.Dooms); break;
            case "lost": _ledger.On(_connection)!.StatementFailed(FailureEffect.Unclear); break;
            case "goes": _ledger.On(_connection)!.StatementSucceeded(); break;
            case "save": _ledger.On(_connection)!.Save(null); break;
            case "back": _ledger.On(_connection)!.RollBackTo(null); break;
            case { Length: 1 }: changes.Add(Change(step)); _ledger.On(_connection)!.Add(changes[^1]); break;
            default: Array.ForEach(SqlText.Read(step).Statements, statement => _ledger.Run(_connection, statement)); break;
        }
    }

    private static MutationEntry Change(string name) => new() { Source = "efcore", Operation = "insert", Model = name };
}
