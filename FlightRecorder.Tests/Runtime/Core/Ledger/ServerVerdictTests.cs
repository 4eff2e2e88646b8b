namespace FlightRecorder.Tests.Core.Transactions;

public sealed class ServerVerdictTests
{
    [TestCase("23505", true, TestName = "A broken constraint is a refusal")]
    [TestCase("40001", true, TestName = "A serialization failure is a refusal")]
    [TestCase("57014", true, TestName = "A statement cancelled by the server is a refusal")]
    [TestCase("40003", false, TestName = "A completion unknown to the server is none")]
    [TestCase("08006", false, TestName = "A lost connection is none")]
    [TestCase("57P01", false, TestName = "A server that shuts down refused nothing")]
    [TestCase("58030", false, TestName = "A disk error of the server is none")]
    [TestCase("XX000", false, TestName = "An internal error of the server is none")]
    [TestCase("", false, TestName = "An error without a state is none")]
    [TestCase(null, false, TestName = "An error of the provider's own is none")]
    public void A_refusal_is_told_by_its_state(string? state, bool isRefusal)
    {
        Assert.That(ServerVerdict.IsRefusal(new StateError(state)), Is.EqualTo(isRefusal));
        Assert.That(ServerVerdict.IsRefusal(new InvalidOperationException("wrapped", new StateError(state))), Is.EqualTo(isRefusal));
    }

    [Test]
    public void Nothing_refused_a_cancellation()
    {
        Assert.That(ServerVerdict.IsRefusal(null), Is.False);
        Assert.That(ServerVerdict.IsRefusal(new OperationCanceledException()), Is.False);
        Assert.That(ServerVerdict.EffectOf(null, new Npgsql.NpgsqlFake()), Is.EqualTo(FailureEffect.Unclear));
    }

    [Test]
    public void What_never_went_out_leaves_the_transaction_as_it_was()
    {
        Assert.That(ServerVerdict.EffectOf(new InvalidCastException(), new Npgsql.NpgsqlFake()), Is.EqualTo(FailureEffect.None));
        Assert.That(ServerVerdict.EffectOf(new TimeoutException(), new Npgsql.NpgsqlFake()), Is.EqualTo(FailureEffect.Unclear));
    }

    [Test]
    public void A_refused_statement_dooms_a_transaction_on_PostgreSQL_alone()
    {
        Assert.That(ServerVerdict.EffectOf(new StateError("23505"), new Npgsql.NpgsqlFake()), Is.EqualTo(FailureEffect.Dooms));
        Assert.That(ServerVerdict.EffectOf(new StateError("23505"), this), Is.EqualTo(FailureEffect.Unclear));
    }

    [Test]
    public void A_refused_text_of_several_statements_is_undone_whole_on_PostgreSQL_alone()
    {
        var refusal = new StateError("23505");

        Assert.That(ServerVerdict.IsUndoneWhole(refusal, isAlone: true, this), Is.True);
        Assert.That(ServerVerdict.IsUndoneWhole(refusal, isAlone: false, this), Is.False);
        Assert.That(ServerVerdict.IsUndoneWhole(refusal, isAlone: false, new Npgsql.NpgsqlFake()), Is.True);
        Assert.That(ServerVerdict.IsUndoneWhole(new StateError("08006"), isAlone: true, new Npgsql.NpgsqlFake()), Is.False);
    }
}
