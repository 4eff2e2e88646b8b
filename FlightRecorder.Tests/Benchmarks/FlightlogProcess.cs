using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace FlightRecorder.Benchmarks;

/// <summary>flightlog under Node.js: for each line with a number it does as many captures and answers with the nanoseconds of one.</summary>
internal sealed class FlightlogProcess : IDisposable
{
    private const string Script = """
        import { createInterface } from 'node:readline';
        import { pathToFileURL } from 'node:url';
        const [, , entry, file, message, stack] = process.argv;
        const { install } = await import(pathToFileURL(entry));
        const { captureSync } = install({ file, context: { app: 'shop' } });
        const error = new Error(message);
        error.stack = stack;
        const extra = { where: 'checkout' };
        for await (const line of createInterface({ input: process.stdin })) {
          const turns = Number(line);
          for (let i = 0; i < turns / 5; i++) captureSync(error, extra);
          const started = process.hrtime.bigint();
          for (let i = 0; i < turns; i++) captureSync(error, extra);
          console.log(String(Number(process.hrtime.bigint() - started) / turns));
        }
        """;

    private readonly Process _process;

    private FlightlogProcess(Process process) => _process = process;

    public static FlightlogProcess Start(string package, string directory, Exception error)
    {
        string script = Path.Combine(directory, "flightlog.mjs");
        File.WriteAllText(script, Script);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(package, "package.json")));
        Console.WriteLine($"flightlog {manifest.RootElement.GetProperty("version")}");
        string stack = ExceptionText.Stack(error, ExceptionText.Name(error), error.Message, null);
        string[] arguments = [script, Path.Combine(package, "src", "index.js"), Path.Combine(directory, "theirs.jsonl"), error.Message, stack];
        return new FlightlogProcess(Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!);
    }

    public double Round(int turns)
    {
        _process.StandardInput.WriteLine(turns);
        string answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("flightlog ended.");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
