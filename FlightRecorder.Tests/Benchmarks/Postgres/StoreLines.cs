using System.Globalization;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Benchmarks.Postgres;

/// <summary>Recordings as an order API leaves them: bodies both ways, a query, a mutation with its row, and now and then an error with its stack.</summary>
internal static class StoreLines
{
    private const int ErrorEvery = 50;

    private static readonly string s_note = string.Concat(Enumerable.Repeat("Please ring twice. ", 12));

    private static readonly string s_stack = string.Concat(Enumerable.Range(1, 12).Select(i => Text($@"\n   at Shop.Stock.Reserve(String sku) in Shop/Data/Stock.cs:line {i}")));

    public static string[] Make(int count)
    {
        // The middle of the day that it is: no round meets midnight.
        DateTimeOffset noon = new(DateTimeOffset.UtcNow.Date.AddHours(12), TimeSpan.Zero);
        return [.. Enumerable.Range(1, count).Select(i => Line(i, noon.AddMilliseconds(i)))];
    }

    private static string Line(int number, DateTimeOffset at)
    {
        bool failed = number % ErrorEvery == 0;
        string body = Text($$"""{"customer":"Grace Hopper","lines":[{"sku":"tea-{{number % 97}}","qty":{{number % 9}}},{"sku":"cup","qty":2}],"note":"{{s_note}}"}""");
        string order = Text($$"""{"id":{{number}},"sku":"tea-{{number % 97}}","qty":{{number % 9}},"status":"new"}""");
        return LineBuilder.Seal(Text($$"""
            {"v":1,"run":"9f3a11c2d4e5f607","seq":{{number}},"kind":"request","id":"{{Guid.CreateVersion7(at)}}","ts":"{{at:yyyy-MM-ddTHH:mm:ss.ffffffZ}}","durationUs":{{1000 + (number % 700)}},"outcome":"{{(failed ? "failed" : "completed")}}","trigger":["always"],"app":{"name":"shop","version":"1.4.0","environment":"production","host":"web-1","pid":41},"traceId":"{{number:x32}}","requestId":"0HN7:{{number:x8}}","actor":{"id":"user_{{number % 1000}}","role":"clerk"},"endpoint":{"name":"OrdersController.Create","location":"Shop/Controllers/OrdersController.cs:21"},"request":{"method":"POST","path":"/orders","route":"/orders","headers":{"content-type":"application/json","user-agent":"Mozilla/5.0 (X11; Linux x86_64)"},"body":{{body}},"bodyKind":"json","bodyType":"application/json","bodyState":"complete","bodyBytes":{{body.Length}}},"response":{"status":{{(failed ? 500 : 201)}},"headers":{"content-type":"application/json"},"body":{{order}},"bodyKind":"json","bodyType":"application/json","bodyState":"complete","bodyBytes":{{order.Length}}},"timeline":[{"atUs":0,"type":"http.request.received"},{"atUs":212,"type":"db.query","sql":"SELECT s.qty FROM stock s WHERE s.sku = @p0","parameters":{"p0":"tea"},"location":"Shop/Data/Stock.cs:40","durationUs":402,"rows":1},{"atUs":812,"type":"db.mutation","detail":"insert orders"},{"atUs":900,"type":"http.response.sent","status":201}],"mutations":[{"atUs":812,"source":"efcore","model":"Order","table":"orders","operation":"insert","key":{"id":{{number}}},"after":{{order}},"rows":1,"outcome":"committed","transaction":"t1","location":"Shop/Data/Orders.cs:88"}]{{(failed ? Error() : "")}}
            """));
    }

    private static string Error()
        => Text($$""","errors":[{"atUs":850,"type":"Shop.StockException","message":"The stock of tea fell below zero.","stack":"{{s_stack}}","handled":false,"location":"Shop/Data/Stock.cs:52"}]""");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
