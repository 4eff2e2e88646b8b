namespace FlightRecorder.FallingApp;

/// <summary>What the requests of the app do.</summary>
internal static class Scenarios
{
    // Until the process ends.
    public static async Task<string> WaitAsync(string user, Login login)
    {
        Flight.Current?.Mark("waiting", user);
        Console.WriteLine("waiting");
        await Task.Delay(Timeout.Infinite).ConfigureAwait(false);
        return login.User;
    }

    public static Task<string> ThrowOnThreadAsync()
    {
        Flight.Current?.Mark("about to fall");
        new Thread(() => throw new InvalidOperationException("lost on a thread")).Start();
        return Forever();
    }

    public static Task<string> ThrowAsyncVoidAsync()
    {
        Flight.Current?.Mark("about to fall");
        ThrowSoon();
        return Forever();
    }

    private static async void ThrowSoon()
    {
        await Task.Yield();
        throw new InvalidOperationException("lost in async void");
    }

    private static async Task<string> Forever()
    {
        await Task.Delay(Timeout.Infinite).ConfigureAwait(false);
        return "";
    }
}

internal sealed class Login
{
    public string User { get; set; } = "";

    [Redact]
    public string Pin { get; set; } = "";
}

/// <summary>A store that takes a batch and never returns.</summary>
internal sealed class HangingStore : IRecordingStore
{
    public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

    public ValueTask WriteAsync(IReadOnlyList<EncodedRecording> batch, CancellationToken cancellationToken)
        => new(Task.Delay(Timeout.Infinite, CancellationToken.None));

    public ValueTask DisposeAsync() => new(Task.Delay(Timeout.Infinite));
}
