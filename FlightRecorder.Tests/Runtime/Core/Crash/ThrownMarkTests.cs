using System.Runtime.ExceptionServices;

namespace FlightRecorder.Tests.Core.Crash;

public sealed class ThrownMarkTests
{
    [Test]
    public void An_exception_has_a_stack_once_it_was_thrown()
    {
        var error = new FormatException();
        Assert.That(ThrownMark.HasStack(error), Is.False);

        CrashRig.Thrown(error);

        Assert.That(ThrownMark.HasStack(error));
        Assert.That(ThrownMark.WasThrown(error));
    }

    [Test]
    public void So_has_one_that_was_given_the_stack_of_another()
    {
        var error = new FormatException();
        ExceptionDispatchInfo.SetRemoteStackTrace(error, "   at There.Then()");

        Assert.That(ThrownMark.WasThrown(error), Is.False);
        Assert.That(ThrownMark.HasStack(error));
        Assert.That((string?)CrashRig.Record(error)["stack"], Does.Contain("   at There.Then()"));
    }
}
