using System.Diagnostics;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.ShopAot.Support;

/// <summary>The sample as a process of its own, with a fresh database and an empty journal.</summary>
internal sealed class ShopProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly ServerProcess _process;
    private readonly string _directory;

    private ShopProcess(ProcessStartInfo start, string directory)
    {
        _process = new ServerProcess(start);
        _directory = directory;
    }

    public string Journal => Path.Combine(_directory, "journal");

    /// <summary>The connection string of its database.</summary>
    public required string Database { get; init; }

    public HttpClient Client { get; } = new();

    public static async Task<ShopProcess> StartAsync(Build build, params (string Name, string Value)[] environment)
    {
        build.Require();
        string directory = Directory.CreateTempSubdirectory("flight-shop-aot-").FullName;
        string database = await PostgreSqlSetUp.Cluster.CreateDatabaseAsync();
        ProcessStartInfo start = StartInfo(build, database, directory, "--urls", "http://127.0.0.1:0");
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        var shop = new ShopProcess(start, directory) { Database = database };
        try
        {
            await CreateSchemaAsync(StartInfo(build, database, directory, "schema"));
            shop.Client.BaseAddress = await shop._process.ListenAsync();
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks it to end as a platform does, and waits until it has: then the journal is complete.</summary>
    public Task<int> StopAsync() => _process.StopAsync();

    /// <summary>Ends it without a last word.</summary>
    public Task<int> KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task CreateSchemaAsync(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> said = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Deadline);
        Assert.That(process.ExitCode, Is.Zero, await said);
    }

    private static ProcessStartInfo StartInfo(Build build, string database, string directory, params string[] arguments)
        => new(build.File, [.. build.Arguments, "--contentRoot", build.ContentRoot, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["SHOP_DATABASE"] = database + ";Timeout=60;Command Timeout=60",
                ["FlightRecorder__Journal__Directory"] = Path.Combine(directory, "journal"),
            },
        };
}
