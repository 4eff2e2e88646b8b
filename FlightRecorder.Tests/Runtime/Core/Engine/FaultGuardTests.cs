using FlightRecorder.Tests.Core.Context;
using Microsoft.Extensions.Logging;

namespace FlightRecorder.Tests.Core.Engine;

public sealed class FaultGuardTests
{
    [Test]
    public void A_site_is_reported_once_and_every_failure_counted()
    {
        var log = new CountingLogger();
        var counters = new RecorderCounters();
        var guard = new FaultGuard(log, counters);
        guard.Report("encode", new InvalidOperationException());
        guard.Report("encode", new InvalidOperationException());
        guard.Report("store", new InvalidOperationException());
        Assert.That((log.Lines, counters.Faults), Is.EqualTo((2, 3L)));
    }

    [Test]
    public void Failures_in_a_row_open_the_breaker_and_a_success_between_them_does_not_let_it()
    {
        var guard = new FaultGuard(new CountingLogger(), new RecorderCounters());
        for (int i = 0; i < FaultGuard.MaxFaults - 1; i++)
        {
            guard.Report("encode", new InvalidOperationException());
        }

        guard.Succeeded();
        guard.Report("encode", new InvalidOperationException());
        Assert.That(guard.IsOpen, Is.False);
        for (int i = 0; i < FaultGuard.MaxFaults; i++)
        {
            guard.Report("encode", new InvalidOperationException());
        }

        Assert.That(guard.IsOpen, Is.True);
    }

    [Test]
    public void A_logger_that_throws_does_no_harm()
        => Assert.That(() => new FaultGuard(new ThrowingLogger(), new RecorderCounters()).Report("x", new InvalidOperationException()), Throws.Nothing);

    [Test]
    public async Task An_open_breaker_stops_recording()
    {
        await using Recorder recorder = await TestRecorder.StartAsync(_ => { }).ConfigureAwait(false);
        for (int i = 0; i < FaultGuard.MaxFaults; i++)
        {
            recorder.Guard.Report("encode", new InvalidOperationException());
        }

        Assert.That(recorder.Begin(RecordingKind.Operation), Is.Null);
    }

    private sealed class CountingLogger : ILogger
    {
        public int Lines { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Lines += eventId.Id == 1 ? 1 : 0;
    }

    private sealed class ThrowingLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => throw new IOException("log disk full");
    }
}
