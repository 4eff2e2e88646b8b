using System.Diagnostics;
using System.Net;
using System.Text;
using Npgsql;

namespace FlightRecorder.Tests.Shop;

/// <summary>The sample shop as a process of its own, with an empty database and an empty journal.</summary>
internal sealed class ShopProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ShopProcess(Process process, string database, string directory)
    {
        _process = process;
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
        var shop = new ShopProcess(new Process { StartInfo = StartInfo(database, directory) }, database, directory);
        try
        {
            await shop.ListenAsync();
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
    public async Task<int> StopAsync()
    {
        using (Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync().WaitAsync(Deadline);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Probe.Dispose();
        if (IsRunning())
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private bool IsRunning()
    {
        try
        {
            return !_process.HasExited;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private async Task ListenAsync()
    {
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException("The shop ended before it listened."));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            Client.BaseAddress = await _address.Task.WaitAsync(Deadline);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"The shop did not start: {_output}", exception);
        }
    }

    private void Read(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        int at = line?.IndexOf(Listening, StringComparison.Ordinal) ?? -1;
        if (at >= 0)
        {
            _address.TrySetResult(new Uri(line![(at + Listening.Length)..].Trim()));
        }
    }

    private static ProcessStartInfo StartInfo(string database, string directory)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        string binaries = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Shop", configuration));
        return new ProcessStartInfo("dotnet", [Path.Combine(binaries, "Shop.dll"), "--contentRoot", binaries, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["SHOP_DATABASE"] = database,
                ["FlightRecorder__Journal__Directory"] = Path.Combine(directory, "journal"),
            },
        };
    }
}
