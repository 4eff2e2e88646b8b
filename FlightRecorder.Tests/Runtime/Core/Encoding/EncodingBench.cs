using System.Text.Json;
using FlightRecorder.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;

namespace FlightRecorder.Tests.Core.JournalLines;

/// <summary>A recording to fill, and its line.</summary>
internal sealed class EncodingBench
{
    private readonly Recorder _recorder;
    private RecordingEncoder? _encoder;

    public EncodingBench(RecordingKind kind = RecordingKind.Request)
    {
        _recorder = new Recorder(Options, new MemoryStore(1), NullLogger.Instance);
        Recording = new ActiveRecording(_recorder);
        Recording.Open(kind, new DateTimeOffset(2026, 1, 2, 3, 4, 5, 123, 456, TimeSpan.Zero));
        Describe();
    }

    /// <summary>Over an open recording of another's recorder, which will write it.</summary>
    public EncodingBench(ActiveRecording recording)
    {
        _recorder = recording.Recorder;
        Recording = recording;
        Describe();
    }

    public FlightRecorderOptions Options { get; } = new() { AppName = "Shop", Tags = { ["team"] = "blue" } };

    public ActiveRecording Recording { get; }

    public RecordingEncoder Encoder => _encoder ??= new RecordingEncoder(Options, _recorder.Run);

    public static RedactionMap Map(params MemberRule[] members) => new RedactionMap("Dto", null).Define(members);

    public static HandlerPlan Plan(RedactionMap? parameters = null) => new()
    {
        Name = "OrdersController.Create",
        Location = "Shop/Controllers/OrdersController.cs:21",
        Identity = HandlerIdentity.Action(typeof(EncodingBench), "Create"),
        Rules = [new RulePlan()],
        Match = static (in RequestFacts _) => 1,
        Parameters = parameters,
    };

    public static void Fill(CapturedBody body, string contentType, string text, RedactionMap? map = null, int limit = int.MaxValue)
        => Fill(body, contentType, System.Text.Encoding.UTF8.GetBytes(text), map, limit);

    public static void Fill(CapturedBody body, string contentType, byte[] bytes, RedactionMap? map = null, int limit = int.MaxValue)
    {
        body.State = BodyState.Complete;
        body.ContentType = contentType;
        body.Map = map;
        body.Buffer.Start(limit);
        body.Buffer.Append(bytes);
    }

    public EncodingBench Request(string contentType, string text, RedactionMap? map = null, int limit = int.MaxValue)
    {
        Fill(Recording.RequestBody, contentType, text, map ?? Map(), limit);
        return this;
    }

    public EncodingBench Response(string contentType, string text, RedactionMap? map = null)
    {
        Fill(Recording.ResponseBody, contentType, text, map ?? Map());
        return this;
    }

    public static NameValues Value(string name, params string[] values) => new(name, new StringValues(values));

    public void Append(TimelineEntry entry) => Recording.Append(Recording.Generation, entry);

    public void Append(MutationEntry entry) => Recording.Append(Recording.Generation, entry);

    public void Append(Exception error) => Recording.Append(Recording.Generation, error, handled: false);

    /// <summary>The line as text, without its line feed.</summary>
    public string Line()
    {
        if (Recording.IsOpen(Recording.Generation) && Recording.Generation % 2 == 1)
        {
            Recording.Close();
        }

        EncodedRecording encoded = Encoder.Encode(Recording, 17);
        string line = System.Text.Encoding.UTF8.GetString(encoded.Line.Span);
        Assert.That(line, Does.EndWith("}\n"));
        return line[..^1];
    }

    public JsonElement Json()
    {
        using JsonDocument document = JsonDocument.Parse(Line(), new JsonDocumentOptions { MaxDepth = 512 });
        return document.RootElement.Clone();
    }

    private void Describe()
    {
        Recording.Method = "POST";
        Recording.Path = "/orders";
        Recording.Route = "/orders";
        Recording.Status = 200;
        Recording.Trigger = Triggers.Always;
        Recording.Plan = Plan();
    }
}
