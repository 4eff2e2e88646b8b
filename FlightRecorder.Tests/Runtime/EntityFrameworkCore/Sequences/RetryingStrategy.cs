using Microsoft.EntityFrameworkCore.Storage;

namespace FlightRecorder.Tests.EntityFrameworkCore.Sequences;

/// <summary>Tries again at once after a <see cref="TransientException"/>, two times at most.</summary>
internal sealed class RetryingStrategy(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, 2, TimeSpan.Zero)
{
    protected override bool ShouldRetryOn(Exception exception) => exception is TransientException || exception.InnerException is TransientException;

    protected override TimeSpan? GetNextDelay(Exception lastException) => base.GetNextDelay(lastException) is null ? null : TimeSpan.Zero;
}

/// <summary>A failure that passes.</summary>
internal sealed class TransientException() : Exception("transient");
