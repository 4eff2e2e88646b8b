using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Cli;

/// <summary>Recordings to show.</summary>
internal static class Samples
{
    public static string Failing(long sequence = 2) => LineBuilder.Request(
        sequence, method: "POST", path: "/stock/tea/reserve", route: "/stock/{sku}/reserve", status: 500, outcome: "failed",
        extra: """
        "actor":{"id":"user_42","role":"clerk"},"timeline":[{"atUs":0,"type":"http.request.received"},{"atUs":812,"type":"db.query","sql":"SELECT qty FROM stock\nWHERE sku = @p0","parameters":{"p0":"tea"},"location":"Shop/Stock.cs:40","durationUs":402,"rows":1}],"mutations":[{"atUs":1203,"source":"efcore","model":"StockItem","table":"stock","operation":"update","key":{"sku":"tea"},"before":{"sku":"tea","qty":2},"after":{"sku":"tea","qty":-1},"changed":["qty"],"rows":1,"outcome":"rolledBack","transaction":"t1","location":"Shop/Stock.cs:88"}],"errors":[{"atUs":500,"type":"System.InvalidOperationException","message":"stock of tea is -1","stack":"   at Shop.Stock.Reserve()\n   at Shop.Api.Post()","inner":[{"type":"Npgsql.PostgresException","message":"23514"}]}],"gaps":[{"what":"response.body","why":"event stream"}]
        """);

    /// <summary>An update, sent with 3 as <c>p0</c>, and its mutation with other parameters.</summary>
    public static string Writing(string parameters, long sequence = 1) => LineBuilder.Request(sequence, extra: $$"""
        "timeline":[{"atUs":812,"type":"db.command","sql":"UPDATE stock SET qty = @p0","parameters":{"p0":3},"durationUs":402}],"mutations":[{"atUs":1203,"source":"adonet","table":"stock","operation":"update","sql":"UPDATE stock SET qty = @p0","parameters":{{parameters}},"outcome":"committed"}]
        """);

    /// <summary>A recording with the text in every place a stranger can write to.</summary>
    public static string Hostile(string jsonText)
    {
        string text = $"\"{jsonText}\"";
        string map = "{" + text + ":" + text + ",\"list\":[" + text + "]}";
        return LineBuilder.Seal($$$"""
            {"v":1,"run":{{{text}}},"seq":1,"kind":"request","id":"{{{LineBuilder.Id(1)}}}","ts":"2026-11-20T08:00:01Z","durationUs":5,"outcome":"completed","trigger":[{{{text}}}],"app":{"name":{{{text}}},"version":{{{text}}},"commit":{{{text}}},"environment":{{{text}}},"host":{{{text}}}},"tags":{{{map}}},"traceId":{{{text}}},"parent":{{{text}}},"requestId":{{{text}}},"actor":{"id":{{{text}}},"role":{{{text}}}},"endpoint":{"name":{{{text}}},"location":{{{text}}}},"request":{"method":{{{text}}},"path":{{{text}}},"route":{{{text}}},"query":{{{map}}},"params":{{{map}}},"headers":{{{map}}},"body":{{{text}}},"bodyKind":"text","bodyType":{{{text}}},"bodyState":"complete"},"response":{"status":200,"headers":{{{map}}},"body":{{{map}}},"bodyKind":"json","bodyType":{{{text}}},"bodyState":"complete"},"timeline":[{"atUs":0,"type":{{{text}}},"detail":{{{text}}},"sql":{{{text}}},"parameters":{{{map}}},"data":{{{text}}},"location":{{{text}}},"error":{{{text}}}}],"mutations":[{"atUs":0,"source":{{{text}}},"model":{{{text}}},"table":{{{text}}},"operation":{{{text}}},"key":{{{map}}},"where":{{{text}}},"sql":{{{text}}},"parameters":{{{map}}},"before":{{{map}}},"after":[{{{map}}},{{{text}}}],"changed":[{{{text}}}],"outcome":{{{text}}},"transaction":{{{text}}},"location":{{{text}}}}],"errors":[{"atUs":0,"type":{{{text}}},"message":{{{text}}},"stack":{{{text}}},"inner":[{"type":{{{text}}},"message":{{{text}}}}],"location":{{{text}}}}],"gaps":[{"what":{{{text}}},"why":{{{text}}}}]
            """);
    }
}
