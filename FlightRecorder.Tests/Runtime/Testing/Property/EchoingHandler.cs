using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlightRecorder.Tests.Testing.Property;

/// <summary>What every endpoint of the property app does: it repeats what it is told to, wherever it is told to. One request at a time.</summary>
internal sealed class EchoingHandler
{
    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IReadOnlyList<Echo> Echoes { get; set; } = [];

    public Told? Told { get; set; }

    public async Task RunAsync(HttpContext context)
    {
        AmbientRecording recording = Flight.Current!.Value;
        Tell(recording);
        foreach (Echo echo in Echoes)
        {
            Repeat(recording, echo);
        }

        SetHeaders(context.Response);
        if (Echoes.FirstOrDefault(echo => echo.Spot == Spot.Exception) is { } thrown)
        {
            throw new InvalidOperationException(thrown.Sentence, new FormatException("inner: " + thrown.Text));
        }

        await AnswerAsync(context.Response);
    }

    private void Tell(AmbientRecording recording)
    {
        switch (Told)
        {
            case { Origin: Origin.SqlParameter, Value: { } value }:
                recording.Append(new TimelineEntry { Type = TimelineTypes.Query, Sql = "SELECT @__dto_Password_0", Parameters = [new NamedValue("@__dto_Password_0", value)] });
                break;
            case { Origin: Origin.MarkJson, Value: { } value }:
                recording.Mark("told", new JsonObject { ["deep"] = new JsonArray(new JsonObject { ["api_key"] = value }) });
                break;
            case { Origin: Origin.Row, Value: { } value }:
                recording.Mutation("User", "insert", after: new Dictionary<string, object?> { ["access_token"] = value });
                break;
            case { Origin: Origin.SqlLiteral, Value: { } value }:
                recording.Append(new TimelineEntry { Type = TimelineTypes.Query, Sql = $"SELECT 1 FROM users WHERE password = '{value}' AND id = 1" });
                break;
            case { Origin: Origin.Message, Value: { } value }:
                recording.Error(new InvalidOperationException($"could not connect: Host=db;Password={value};Port=1"));
                break;
        }
    }

    private static void Repeat(AmbientRecording recording, Echo echo)
    {
        switch (echo.Spot)
        {
            case Spot.Mark:
                recording.Mark(echo.Sentence);
                break;
            case Spot.MarkData:
                recording.Mark("told", echo.Sentence);
                break;
            case Spot.MarkJson:
                recording.Mark("told", new JsonObject { ["words"] = new JsonArray(1, echo.Text) });
                break;
            case Spot.MarkJsonName:
                recording.Mark("told", new JsonObject { [echo.Text] = true });
                break;
            case Spot.Keep:
                recording.Keep(echo.Sentence);
                break;
            case Spot.HandledException:
                recording.Error(new InvalidOperationException(echo.Sentence));
                break;
            case Spot.Row:
                recording.Mutation("Doc", "update", before: Row(echo.Sentence), after: Row(echo.Text));
                break;
            case Spot.RowKey:
                recording.Mutation("Doc", "insert", key: Row(echo.Text));
                break;
            default:
                Append(recording, echo);
                break;
        }
    }

    private static void Append(AmbientRecording recording, Echo echo)
    {
        TimelineEntry? entry = echo.Spot switch
        {
            Spot.LogLine => new TimelineEntry { Type = "log", Detail = echo.Sentence },
            Spot.SqlLiteral => new TimelineEntry { Type = TimelineTypes.Query, Sql = $"SELECT 1 FROM docs WHERE body = '{echo.Text}' AND id = 1" },
            Spot.SqlParameter => new TimelineEntry { Type = TimelineTypes.Command, Sql = "UPDATE docs SET body = @p0", Parameters = [new NamedValue("@p0", echo.Text), new NamedValue("@p1", echo.Sentence)] },
            Spot.SqlError => new TimelineEntry { Type = TimelineTypes.Command, Sql = "SELECT 1", Error = "22P02: invalid input syntax: " + echo.Sentence },
            _ => null,
        };
        if (entry is { } made)
        {
            recording.Append(made);
        }
    }

    private static Dictionary<string, object?> Row(string text) => new() { ["body"] = text };

    private void SetHeaders(HttpResponse response)
    {
        foreach (Echo echo in Echoes)
        {
            if (echo.Spot == Spot.ResponseHeader)
            {
                response.Headers["etag"] = $"\"{echo.Text}\"";
                response.Headers.Location = "/next?at=" + echo.Text;
            }
            else if (echo.Spot == Spot.SetCookie)
            {
                response.Headers.SetCookie = $"seen={echo.Text}; path=/";
            }
        }
    }

    private Task AnswerAsync(HttpResponse response)
    {
        Echo? echo = Echoes.FirstOrDefault(one => one.Spot is Spot.ResponseJson or Spot.ResponseJsonName or Spot.ResponseText or Spot.ResponseHtml);
        (response.ContentType, string body) = echo?.Spot switch
        {
            Spot.ResponseJson => ("application/json", Json(new JsonObject { ["list"] = new JsonArray(echo.Text, echo.Sentence) }, echo)),
            Spot.ResponseJsonName => ("application/json", Json(new JsonObject { ["in"] = new JsonObject { [echo.Text] = 1 } }, echo)),
            Spot.ResponseText => ("text/plain", echo.Sentence),
            Spot.ResponseHtml => ("text/html", $"<p class=\"x\">{echo.Text}</p>"),
            _ => ("application/json", "{\"ok\":true}"),
        };
        return response.WriteAsync(body);
    }

    // Both of the usual escapings.
    private static string Json(JsonObject value, Echo echo) => value.ToJsonString(echo.Text.Length % 2 == 0 ? s_relaxed : null);
}
