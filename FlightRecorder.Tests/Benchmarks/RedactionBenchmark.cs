using System.Diagnostics;
using System.Text.Json;
using FlightRecorder.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Benchmarks;

/// <summary>
/// Redaction against a bare scan of the same bytes, and echo scrubbing without a hit. Short rounds of both alternate, and each figure
/// is the median of its rounds, so that a busy machine slows both alike.
/// </summary>
internal static class RedactionBenchmark
{
    private const int Rounds = 501;
    private const int Turns = 100;

    public static void Run()
    {
        byte[] compact = JsonSerializer.SerializeToUtf8Bytes(JsonDocument.Parse(Body()).RootElement);
        byte[] indented = JsonSerializer.SerializeToUtf8Bytes(JsonDocument.Parse(Body()).RootElement, new JsonSerializerOptions { WriteIndented = true });
        Measure("compact", compact);
        Measure("indented", indented);
        MeasureScrubbing();
        MeasureLine(compact);
    }

    // A recorded request with both bodies, a query and a row.
    private static void MeasureLine(byte[] json)
    {
        var options = new FlightRecorderOptions { AppName = "bench" };
        var recorder = new Recorder(options, new MemoryStore(1), NullLogger.Instance);
        var recording = new ActiveRecording(recorder) { Method = "POST", Path = "/orders", Route = "/orders", Status = 200, Trigger = Triggers.Always };
        recording.Open(RecordingKind.Request, DateTimeOffset.UtcNow);
        foreach (CapturedBody body in (CapturedBody[])[recording.RequestBody, recording.ResponseBody])
        {
            body.State = BodyState.Complete;
            body.ContentType = "application/json";
            body.Buffer.Start(json.Length);
            body.Buffer.Append(json);
        }

        recording.Append(recording.Generation, new TimelineEntry { Type = TimelineTypes.Query, Sql = "SELECT * FROM orders WHERE id = @p0", Parameters = [new("@p0", 5)], DurationUs = 402 });
        recording.Close();
        var encoder = new RecordingEncoder(options, recorder.Run);
        int length = encoder.Encode(recording, 1).Line.Length;
        (double encode, _) = Medians(() => encoder.Encode(recording, 1).Release(), () => { });
        long before = GC.GetAllocatedBytesForCurrentThread();
        encoder.Encode(recording, 1).Release();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine(FormattableString.Invariant($"line: both bodies of {json.Length} bytes, {length} bytes written, {encode:F0} ns, {allocated} B allocated"));
    }

    private static void Measure(string name, byte[] json)
    {
        RedactionMap customer = new RedactionMap("Customer", null).Define(MemberRule.Hidden("TaxId", RedactMode.Mask));
        RedactionMap map = new RedactionMap("Order", null).Define(MemberRule.Of("Customer", customer));
        var rules = new RedactionRules(new RedactionOptions(), []);
        var redactor = new JsonRedactor();
        var output = new LineBuffer();
        var secrets = new SecretSet();
        CompiledMap root = rules.ForBody(map);
        (double scan, double redact) = Medians(() => Scan(json), () =>
        {
            output.Clear();
            secrets.Clear();
            redactor.Redact(json, root, false, rules, output, secrets);
        });
        Console.WriteLine(FormattableString.Invariant(
            $"redaction {name}: {json.Length} bytes, Utf8JsonReader {scan:F0} ns, redactor {redact:F0} ns, ratio {scan / redact:F2}, {Allocated(redactor, json, root, rules, output, secrets)} B allocated"));
    }

    private static void MeasureScrubbing()
    {
        var secrets = new SecretSet();
        for (int i = 0; i < 8; i++)
        {
            secrets.Add(FormattableString.Invariant($"{i}-a-secret-of-some-length-{i * 7919}"));
        }

        var scrubber = new EchoScrubber(secrets);
        scrubber.Start(enabled: true);
        byte[] text = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("The order was placed and paid for on time, 42 items. ", 80)))[..4096];
        (double scrub, _) = Medians(() => scrubber.TryScrub(text), () => { });
        long before = GC.GetAllocatedBytesForCurrentThread();
        scrubber.TryScrub(text);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine(FormattableString.Invariant($"scrubbing: 8 secrets, 4096 bytes, {scrub:F0} ns, {allocated} B allocated"));
    }

    private static (double First, double Second) Medians(Action first, Action second)
    {
        double[] firsts = new double[Rounds];
        double[] seconds = new double[Rounds];
        for (int warm = 0; warm < 60; warm++)
        {
            Time(first);
            Time(second);
            Task.Delay(30).Wait();
        }

        for (int round = 0; round < Rounds; round++)
        {
            firsts[round] = Time(first);
            seconds[round] = Time(second);
        }

        Array.Sort(firsts);
        Array.Sort(seconds);
        return (firsts[Rounds / 2], seconds[Rounds / 2]);
    }

    private static double Time(Action action)
    {
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < Turns; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Turns;
    }

    private static int Scan(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        int tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }

    private static long Allocated(JsonRedactor redactor, byte[] json, CompiledMap root, RedactionRules rules, LineBuffer output, SecretSet secrets)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            output.Clear();
            secrets.Clear();
            redactor.Redact(json, root, false, rules, output, secrets);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
    }

    // About 1 KB compact: an order as an API would send it.
    private static string Body() => """
        {"id":"0195d0f5-7a1c-7c3e-9f7e-3f1f0a1b2c3d","number":"SO-2026-000417","createdAt":"2026-01-02T03:04:05.123Z","status":"paid","currency":"EUR",
        "customer":{"id":4711,"name":"Ann Example","email":"ann@example.org","taxId":"DE123456789","address":{"street":"Main Street 1","city":"Berlin","zip":"10115","country":"DE"}},
        "lines":[{"sku":"A-100","title":"Coffee beans, dark roast","quantity":2,"unitPrice":12.50,"discount":0,"taxRate":0.07},
        {"sku":"B-200","title":"Paper filter, size 4","quantity":5,"unitPrice":2.95,"discount":0.5,"taxRate":0.19},
        {"sku":"C-300","title":"Kettle, stainless steel","quantity":1,"unitPrice":49.00,"discount":0,"taxRate":0.19}],
        "payment":{"method":"card","cardNumber":"4111111111111111","authorized":true,"capturedAt":null},
        "shipping":{"carrier":"DHL","service":"standard","trackingNumbers":["JD014600006281230701"],"estimatedDays":3},
        "notes":"Please leave the parcel with the neighbour if nobody is at home.","flags":["gift","priority"]}
        """;
}
