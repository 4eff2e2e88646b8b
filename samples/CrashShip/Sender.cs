using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace CrashShip;

/// <summary>Sends batches; only an answer of the destination itself that it took them is an acknowledgement.</summary>
internal sealed class Sender : IDisposable
{
    private readonly HttpClient _client;
    private readonly Uri _destination;

    public Sender(Options options)
    {
        // A redirect could lead elsewhere, and away from HTTPS: it is an answer like any other that is no yes.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        if (options.Authority is not null)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(options.Authority) },
                RevocationMode = X509RevocationMode.NoCheck,
            };
        }

        _client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(30) };
        _destination = options.Destination;
    }

    /// <summary>Null when the batch was taken, otherwise why not. The key is the same when a batch is sent again.</summary>
    public async Task<string?> SendAsync(ReadOnlyMemory<byte> lines, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _destination) { Content = new ReadOnlyMemoryContent(lines) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        request.Headers.Add("Idempotency-Key", key);
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.NoContent ? null : $"the answer was {(int)response.StatusCode}";
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return failure.InnerException?.Message ?? failure.Message;
        }
    }

    public void Dispose() => _client.Dispose();
}
