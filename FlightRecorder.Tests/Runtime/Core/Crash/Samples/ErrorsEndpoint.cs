using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FlightRecorder.Tests.Core.Crash.Samples;

/// <summary>Where errors are sent in tests: HTTPS on this machine, under a certificate that it made itself.</summary>
internal sealed class ErrorsEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;

    private ErrorsEndpoint(WebApplication app, X509Certificate2 certificate)
    {
        _app = app;
        _certificate = certificate;
    }

    /// <summary>The destination to name.</summary>
    public string Address { get; private set; } = "";

    /// <summary>How the next ones are answered.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Called with each batch before it is answered.</summary>
    public Action? Received { get; set; }

    /// <summary>The batches with their keys, taken or not.</summary>
    public List<(string Key, string Lines)> Batches { get; } = [];

    public static async Task<ErrorsEndpoint> StartAsync()
    {
        X509Certificate2 certificate = Certificate();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var endpoint = new ErrorsEndpoint(builder.Build(), certificate);
        endpoint._app.Run(endpoint.TakeAsync);
        await endpoint._app.StartAsync();
        string address = endpoint._app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        endpoint.Address = address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/in";
        return endpoint;
    }

    public void SaveCertificate(string path) => File.WriteAllText(path, _certificate.ExportCertificatePem());

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        Batches.Add((context.Request.Headers["Idempotency-Key"]!, await reader.ReadToEndAsync()));
        Received?.Invoke();
        context.Response.StatusCode = Status;
        context.Response.Headers.Location = Address;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
