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
        byte[] order = JsonSerializer.SerializeToUtf8Bytes(JsonDocument.Parse(Body()).RootElement);
        byte[] indented = JsonSerializer.SerializeToUtf8Bytes(JsonDocument.Parse(Body()).RootElement, new JsonSerializerOptions { WriteIndented = true });
        Console.WriteLine("Utf8JsonReader reads every token: the grammar, not UTF-8, and no copy. The redactor: the grammar and UTF-8, the rules of names, and the body written anew.");
        Measure("1 KB order", order);
        Measure("the same indented", indented);
        Measure("32 KB list", List(32 * 1024), turns: 10);
        Measure("nested 64 deep", Nested(64));
        Measure("one long string", LongString(8 * 1024));
        Measure("one long string, not all ASCII", LongString(8 * 1024, "Das “Päckchen” blieb bei der Nachbarin – "));
        MeasureShapes("1 KB order", order);
        MeasureShapes("8 KB string", LongString(8 * 1024));
        MeasureScrubbing("no candidate", "The order was placed and paid for on time, 42 items. ");
        MeasureScrubbing("escapes, ids and hashes", "100% of 0195d0f5-7a1c-7c3e-9f7e-3f1f0a1b2c3d, C:\\temp, a+b, 4bf92f3577b34da6a3ce929d0e0e4736. ");
        MeasureScrubbing("one echo", "The order was placed and paid for on time, 42 items. ", "3-a-secret-of-some-length-23757");
        MeasureLine(order);
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

        // Full after some hundred lines: from then on only the encoding is measured.
        options.Queue.MaxBytes = 1024 * 1024;
        var queue = new RecordingQueue(options, new MemoryStore(1), recorder.Counters, recorder.Guard);
        (double encode, _) = Medians(() => encoder.EncodeInto(queue, recording, 1), () => { });
        long before = GC.GetAllocatedBytesForCurrentThread();
        encoder.EncodeInto(queue, recording, 1);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine(FormattableString.Invariant($"line: both bodies of {json.Length} bytes, {length} bytes written, {encode:F0} ns, {allocated} B allocated"));
    }

    private static void Measure(string name, byte[] json, int turns = Turns)
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
        }, turns);
        (double validate, _) = Medians(() => System.Text.Unicode.Utf8.IsValid(json), () => { }, turns);
        Console.WriteLine(FormattableString.Invariant(
            $"redaction {name}: {json.Length} bytes, Utf8JsonReader {scan:F0} ns, redactor {redact:F0} ns, ratio {scan / redact:F2}, {(scan + validate) / redact:F2} with Utf8.IsValid, {Allocated(redactor, json, root, rules, output, secrets)} B allocated"));
    }

    // What looking for shapes costs where there are none, beside the redaction of the same bytes.
    private static void MeasureShapes(string name, byte[] json)
    {
        (double look, _) = Medians(() => SecretShapes.MayBeIn(json), () => { });
        bool found = SecretShapes.MayBeIn(json);
        Console.WriteLine(FormattableString.Invariant($"shapes {name}: {json.Length} bytes, candidates {found}, {look:F0} ns"));
    }

    private static void MeasureScrubbing(string name, string sentence, string echo = "")
    {
        var secrets = new SecretSet { Replacement = "[REDACTED]"u8.ToArray() };
        for (int i = 0; i < 8; i++)
        {
            secrets.Add(FormattableString.Invariant($"{i}-a-secret-of-some-length-{i * 7919}"));
        }

        var scrubber = new EchoScrubber(secrets);
        byte[] text = System.Text.Encoding.UTF8.GetBytes((string.Concat(Enumerable.Repeat(sentence, 80)) + echo)[^4096..]);
        (double scrub, _) = Medians(() => Scrub(scrubber, text), () => { });
        long before = GC.GetAllocatedBytesForCurrentThread();
        Scrub(scrubber, text);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine(FormattableString.Invariant($"scrubbing, {name}: 8 secrets, {text.Length} bytes, {scrub:F0} ns, {allocated} B allocated"));
    }

    // Each text as if it were a line of its own: what a line may cost is limited.
    private static void Scrub(EchoScrubber scrubber, byte[] text)
    {
        scrubber.Start();
        scrubber.TryScrub(text);
    }

    private static (double First, double Second) Medians(Action first, Action second, int turns = Turns)
    {
        double[] firsts = new double[Rounds];
        double[] seconds = new double[Rounds];
        for (int warm = 0; warm < 60; warm++)
        {
            Time(first, turns);
            Time(second, turns);
            Task.Delay(30).Wait();
        }

        for (int round = 0; round < Rounds; round++)
        {
            firsts[round] = Time(first, turns);
            seconds[round] = Time(second, turns);
        }

        Array.Sort(firsts);
        Array.Sort(seconds);
        return (firsts[Rounds / 2], seconds[Rounds / 2]);
    }

    private static double Time(Action action, int turns)
    {
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < turns; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / turns;
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

    private static byte[] List(int bytes)
    {
        string order = JsonSerializer.Serialize(JsonDocument.Parse(Body()).RootElement);
        return System.Text.Encoding.UTF8.GetBytes("[" + string.Join(",", Enumerable.Repeat(order, bytes / order.Length)) + "]");
    }

    private static byte[] Nested(int levels)
        => System.Text.Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Repeat("""{"id":4711,"name":"level","child":""", levels)) + "null" + new string('}', levels));

    private static byte[] LongString(int length, string sentence = "The parcel was left with the neighbour. ")
        => System.Text.Encoding.UTF8.GetBytes("{\"note\":\"" + string.Concat(Enumerable.Repeat(sentence, length / System.Text.Encoding.UTF8.GetByteCount(sentence))) + "\"}");

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
