using System.Diagnostics;
using System.Text;

namespace FlightRecorder.Tests.ShopAot.Support;

/// <summary>The sample as a process of its own, with a fresh database and an empty journal.</summary>
internal sealed class ShopProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _directory;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ShopProcess(ProcessStartInfo start, string directory)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
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
            await shop.ListenAsync();
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks it to end as a platform does, and waits until it has: then the journal is complete.</summary>
    public Task<int> StopAsync() => SignalAsync("-TERM");

    /// <summary>Ends it without a last word.</summary>
    public Task<int> KillAsync() => SignalAsync("-KILL");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (IsRunning())
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<int> SignalAsync(string signal)
    {
        using (Process kill = Process.Start("kill", [signal, _process.Id.ToString()]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync().WaitAsync(Deadline);
        return _process.ExitCode;
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
