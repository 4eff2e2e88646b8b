using System.Collections.Concurrent;
using System.Net;

namespace FlightRecorder.Tests.ShopAot.Support;

/// <summary>Four clients that move goods until the service is gone, or they are told to stop.</summary>
internal sealed class Traffic : IAsyncDisposable
{
    private const int Clients = 4;

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<string> _sent = [];
    private readonly ConcurrentBag<string> _answered = [];
    private readonly Task _clients;

    public Traffic(HttpClient client) => _clients = Task.WhenAll(Enumerable.Range(0, Clients).Select(number => RunAsync(client, number)));

    public IReadOnlyCollection<string> Sent => _sent;

    public IReadOnlyCollection<string> Answered => _answered;

    /// <summary>Waits until so many requests have been answered.</summary>
    public async Task ReachAsync(int answers)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_answered.Count < answers)
        {
            Assert.That(_clients.IsCompleted, Is.False, "the service went away too early");
            await Task.Delay(10, deadline.Token);
        }
    }

    /// <summary>Waits until the clients have noticed that the service is gone.</summary>
    public Task EndAsync() => _clients.WaitAsync(TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _clients;
        _stop.Dispose();
    }

    private async Task RunAsync(HttpClient client, int number)
    {
        try
        {
            for (int i = 0; !_stop.IsCancellationRequested; i++)
            {
                string id = $"client-{number}-{i}";
                _sent.Add(id);
                using HttpRequestMessage request = Story.Request("POST", "/api/stock/tea/movements", """{"quantity":1}""", id);
                using HttpResponseMessage response = await client.SendAsync(request, _stop.Token);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    _answered.Add(id);
                }
            }
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            // The service is gone, or the test is over: both end this client.
        }
    }
}
