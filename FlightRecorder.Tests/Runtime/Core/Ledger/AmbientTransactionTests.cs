using System.Transactions;

namespace FlightRecorder.Tests.Core.Transactions;

public sealed class AmbientTransactionTests
{
    [TestCase("Host=x", true)]
    [TestCase("Host=x;Enlist=true", true)]
    [TestCase("Host=x;enlist=YES", true)]
    [TestCase("Host=x;Enlist=false", false)]
    [TestCase("Host=x;Enlist=no", false)]
    [TestCase("Host=x;Enlist=dynamic", false)]
    public void A_connection_joins_unless_its_text_says_otherwise(string connectionString, bool enlists)
        => Assert.That(AmbientTransactions.Enlists(connectionString), Is.EqualTo(enlists));

    [TestCase(true, MutationOutcome.Committed)]
    [TestCase(false, MutationOutcome.RolledBack)]
    public async Task A_followed_transaction_takes_the_outcome_of_its_end(bool commits, MutationOutcome outcome)
    {
        await using Recorder recorder = NewRecorder();
        using Operation operation = Operation.Begin(recorder, "test");
        AmbientRecording recording = operation.Recording!.Value;
        using var ambient = new CommittableTransaction();

        AmbientTransactions.Follow(recording, ambient);
        AmbientTransactions.Follow(recording, ambient);
        LedgerTransaction known = AmbientTransactions.Find(recording.Active.Ledger, ambient, isUnderAmbient: true)!;
        End(ambient, commits);

        Assert.That((known.Label, known.IsOpen, known.Outcome), Is.EqualTo(("t1", false, outcome)));
    }

    [Test]
    public async Task Work_that_may_not_have_joined_gets_no_outcome()
    {
        await using Recorder recorder = NewRecorder();
        using Operation operation = Operation.Begin(recorder, "test");
        Ledger ledger = operation.Recording!.Value.Active.Ledger;

        Assert.That(AmbientTransactions.Find(ledger, joined: null, isUnderAmbient: true), Has.Property("IsOpen").False.And.Property("Outcome").EqualTo(MutationOutcome.Unknown));
        Assert.That(AmbientTransactions.Find(ledger, joined: null, isUnderAmbient: false), Is.Null);
    }

    // A time-out ends it on a thread of its own, which holds the transaction's lock while it asks for the recording's.
    [Test]
    public async Task Following_does_not_wait_for_the_transactions_lock_under_that_of_the_recording()
    {
        // Disposed only where nothing hangs: ending the recording takes its lock.
        Recorder recorder = NewRecorder();
        Operation operation = Operation.Begin(recorder, "test");
        AmbientRecording recording = operation.Recording!.Value;
        var ambient = new CommittableTransaction();
        var ending = new ManualResetEventSlim();
        var asked = new ManualResetEventSlim();
        ambient.TransactionCompleted += (_, _) =>
        {
            ending.Set();
            asked.Wait(TimeSpan.FromSeconds(10));
            recording.Update(0, static _ => { });
        };
        Task end = Task.Run(() => ambient.Rollback());
        ending.Wait(TimeSpan.FromSeconds(10));

        Task follow = Task.Run(() => AmbientTransactions.Follow(recording, ambient));
        Assert.That(SpinWait.SpinUntil(() => recording.Active.Ledger.On(ambient) is not null || follow.IsCompleted, TimeSpan.FromSeconds(10)), Is.True);
        asked.Set();

        await Task.WhenAny(Task.WhenAll(end, follow), Task.Delay(TimeSpan.FromSeconds(10)));
        Assert.That(end.IsCompleted && follow.IsCompleted, Is.True, "the two locks were taken in both orders");
        operation.Dispose();
        await recorder.DisposeAsync();
    }

    private static void End(CommittableTransaction ambient, bool commits)
    {
        if (commits)
        {
            ambient.Commit();
        }
        else
        {
            ambient.Rollback();
        }
    }

    private static Recorder NewRecorder()
        => new(new FlightRecorderOptions(), new MemoryStore(1), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
}
