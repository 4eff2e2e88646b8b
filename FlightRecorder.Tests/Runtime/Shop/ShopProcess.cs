using System.Diagnostics;
using System.Net;
using FlightRecorder.Tests.Support;
using Npgsql;

namespace FlightRecorder.Tests.Shop;

/// <summary>The sample shop as a process of its own, with an empty database and an empty journal.</summary>
internal sealed class ShopProcess : IAsyncDisposable
{
    private readonly ServerProcess _process;

    private ShopProcess(string database, string directory)
    {
        _process = new ServerProcess(StartInfo(database, directory));
        Database = database;
        Directory = directory;
        Probe = RecordingProbe.ForJournal(Journal);
        Client = new HttpClient(Probe.CreateHandler(new SocketsHttpHandler()));
    }

    /// <summary>Connects to the shop's database.</summary>
    public string Database { get; }

    /// <summary>Removed with the process.</summary>
    public string Directory { get; }

    public string Journal => Path.Combine(Directory, "journal");

    /// <summary>Sends requests that the probe knows.</summary>
    public HttpClient Client { get; }

    /// <summary>The recordings of what was sent through <see cref="Client"/>.</summary>
    public RecordingProbe Probe { get; }

    public static async Task<ShopProcess> StartAsync()
    {
        string database = await PostgreSqlSetUp.Cluster.CreateDatabaseAsync();
        string directory = System.IO.Directory.CreateTempSubdirectory("flight-shop-").FullName;
        var shop = new ShopProcess(database, directory);
        try
        {
            shop.Client.BaseAddress = await shop._process.ListenAsync();
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a request; fails on another status, and returns the answer.</summary>
    public async Task<string> SendAsync(HttpStatusCode expected, string method, string path, string? body, string requestId)
    {
        using HttpRequestMessage request = ShopStory.Request(method, path, body, requestId);
        using HttpResponseMessage response = await Client.SendAsync(request);
        string answer = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(expected), $"{method} {path}: {answer}");
        return answer;
    }

    /// <summary>Runs a statement behind the shop's back.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(Database);
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Asks it to end as a platform does, and waits until it has: then the journal is complete.</summary>
    public Task<int> StopAsync() => _process.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Probe.Dispose();
        await _process.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static ProcessStartInfo StartInfo(string database, string directory)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        string binaries = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Shop", configuration));
        return new ProcessStartInfo("dotnet", [Path.Combine(binaries, "Shop.dll"), "--contentRoot", binaries, "--urls", "http://127.0.0.1:0"])
        {
            Environment =
            {
                ["SHOP_DATABASE"] = database,
                ["FlightRecorder__Journal__Directory"] = Path.Combine(directory, "journal"),
            },
        };
    }
}
