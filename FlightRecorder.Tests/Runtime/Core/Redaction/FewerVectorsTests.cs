using System.Diagnostics;
using System.Runtime.Intrinsics.X86;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>The same inputs on this machine and on one without its widest vectors: byte for byte the same.</summary>
[CancelAfter(120_000)]
public sealed class FewerVectorsTests
{
    private static readonly Lazy<string[]> s_here = new(Here);

    [TestCase("EnableAVX512", "256 bits")]
    [TestCase("EnableAVX2", "256 bits False")]
    [TestCase("EnableHWIntrinsic", "256 bits False")]
    public async Task A_process_without_them_redacts_and_checks_the_same_bytes(string without, string hardware, CancellationToken cancellationToken)
    {
        Assume.That(Avx2.IsSupported, "There is nothing to do without.");
        string[] there = await ThereAsync(without, cancellationToken);

        TestContext.Out.WriteLine($"here {s_here.Value[0]}; there {there[0]}; {there.Length - 1} inputs");
        Assert.That(there[0], Does.Contain(hardware).And.Not.StartWith("512 bits True"));
        Assert.That(there, Has.Length.EqualTo(s_here.Value.Length));
        for (int i = 1; i < there.Length; i++)
        {
            Assert.That(there[i], Is.EqualTo(s_here.Value[i]));
        }
    }

    [Test]
    public void The_corpus_holds_masks_refusals_and_no_wrong_checksum()
    {
        Assert.That(s_here.Value.Count(line => line.Contains("[REDACTED]")), Is.GreaterThan(1000));
        Assert.That(s_here.Value.Count(line => line.Contains("(invalid)")), Is.GreaterThan(200));
        Assert.That(s_here.Value, Has.None.Contains("checksum wrong").And.None.Contains("hunter2"));
    }

    private static string[] Here()
    {
        using var output = new StringWriter { NewLine = "\n" };
        RedactionCorpus.Write(output);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<string[]> ThereAsync(string without, CancellationToken cancellationToken)
    {
        string file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("dotnet", [typeof(RedactionCorpus).Assembly.Location, Program.Corpus, file])
            {
                RedirectStandardError = true,
                Environment = { ["DOTNET_" + without] = "0" },
            };
            using Process process = Process.Start(start)!;
            await using CancellationTokenRegistration _ = cancellationToken.Register(() => process.Kill());
            string error = await process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            Assert.That(process.ExitCode, Is.Zero, error);
            return (await File.ReadAllTextAsync(file, cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
