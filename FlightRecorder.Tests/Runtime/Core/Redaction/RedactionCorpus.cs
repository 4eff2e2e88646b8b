using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;
using System.Text.RegularExpressions;
using FlightRecorder.Tests.Core.JournalLines;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>What the redactor, the scrubber and the checksum make of many inputs, one on each line; the same on every machine.</summary>
internal static partial class RedactionCorpus
{
    private const int Flights = 600;
    private const int Offsets = 140;
    private const string Secret = "hunter2-lóng";

    private static readonly string[] s_ends = ["", "\\\"", "\\\\", "\\u0041", "\\ud83d\\ude00", "é", "漢", "😀", "\u0001", "\\x", "\\ud800"];

    /// <summary>Which vectors the process has, and then a line for each input.</summary>
    public static void Write(TextWriter output)
    {
        output.WriteLine(
            $"512 bits {Vector512.IsHardwareAccelerated}, 256 bits {Vector256.IsHardwareAccelerated && Avx2.IsSupported}, 128 bits {Vector128.IsHardwareAccelerated}, carry-less {Pclmulqdq.IsSupported}");
        WriteSuite(output);
        WriteFlights(output);
        WriteOffsets(output);
    }

    private static void WriteSuite(TextWriter output)
    {
        var redacting = new Redacting();
        foreach (string file in JsonParsingSuiteTests.Paths)
        {
            byte[] json = File.ReadAllBytes(file);
            output.WriteLine($"{Path.GetFileName(file)} {Readable(redacting.Run(json))} {Readable(redacting.Run(json.AsSpan(0, json.Length / 2), mayBeCut: true))}");
        }
    }

    private static void WriteFlights(TextWriter output)
    {
        for (int seed = 0; seed < Flights; seed++)
        {
            var bench = new EncodingBench();
            _ = new CanaryFlight(bench, seed);
            output.WriteLine($"flight {seed} {Readable(Line(bench))}");
        }
    }

    // Every place within and across the blocks that are looked at at once.
    private static void WriteOffsets(TextWriter output)
    {
        var canary = new Canary(new Random(1), Secret);
        for (int offset = 0; offset < Offsets; offset++)
        {
            string before = new('x', offset);
            foreach (string end in s_ends)
            {
                output.WriteLine($"json {offset} {Readable(Redacting.Redact($$"""{"password":"{{before}}{{end}}","n":"{{before}}{{end}}z","{{before}}{{end}}":[1, true]}"""))}");
            }

            string form = Canary.Forms[offset % Canary.Forms.Length];
            EncodingBench bench = new EncodingBench().Request("application/json", $$"""{"password":"{{Secret}}","{{before}}":"{{before}} é {{Secret}}"}""")
                .Response("text/plain", before + " " + canary.As(form) + " " + before);
            bench.Append(new TimelineEntry { Type = TimelineTypes.Mark, Detail = before + canary.As(form) + " Host=db;Password=" + before + "1234;Port=1", Data = before + " 4111 1111 1111 1111" });
            output.WriteLine($"text {offset} {Readable(Line(bench))}");
        }
    }

    // Without what is another in each run; the checksum is told by whether it holds.
    private static string Line(EncodingBench bench)
    {
        string line = bench.Line();
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        bool isIntact = LineTrailer.IsIntact(bytes) && line.EndsWith($"\"{LineBuilder.Crc32C(bytes[..^18]):x8}\"}}", StringComparison.Ordinal);
        return OfTheRun().Replace(line, "") + (isIntact ? "" : " checksum wrong");
    }

    private static string Readable(string text) => text.ReplaceLineEndings("\\n");

    [GeneratedRegex("""("(id|run|host)":"[^"]*"|"(pid|atUs|durationUs)":\d+|"cost":\{.*$)""")]
    private static partial Regex OfTheRun();
}
