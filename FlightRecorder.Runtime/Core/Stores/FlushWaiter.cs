namespace FlightRecorder;

/// <summary>Someone who waits until so many lines were handed to the store.</summary>
internal sealed class FlushWaiter(long lines)
{
    // Continuations must not run on the writer's thread.
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => _done.Task;

    public bool TryComplete(long finished) => finished >= lines && _done.TrySetResult();
}
