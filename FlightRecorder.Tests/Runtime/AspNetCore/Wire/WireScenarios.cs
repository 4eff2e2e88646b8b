namespace FlightRecorder.Tests.AspNetCore.Wire;

/// <summary>The scenario list; each runs with and without the recorder.</summary>
internal static class WireScenarios
{
    private const string Chunked =
        "HTTP/1.1\nHost: test\nConnection: close\nContent-Type: text/plain\nTransfer-Encoding: chunked\n\n5\nhello\n6\n world\n0\n\n";

    private const string Multipart =
        "--cut\nContent-Disposition: form-data; name=\"a\"\n\n1\n--cut\nContent-Disposition: form-data; name=\"f\"; filename=\"f.txt\"\nContent-Type: text/plain\n\nfile text\n--cut--\n";

    public static IEnumerable<WireScenario> All => [.. Requests, .. Responses, .. Failures];

    private static IEnumerable<WireScenario> Requests =>
    [
        WireScenario.Post("JSON in and out of a minimal API", "/json", "application/json", """{"name":"pen","qty":2}"""),
        WireScenario.Post("JSON in and out of a controller", "/controller/orders", "application/json", """{"name":"pen","qty":2}"""),
        WireScenario.Post("bad JSON for a minimal API", "/json", "application/json", """{"name":"pen","qty":""") with { ResponseState = BodyState.None },
        WireScenario.Post("both bodies buffered in front of routing", "/early", "application/json", """{"name":"pen","qty":2}"""),
        Sent("chunked both ways by streams", "POST /copy-stream " + Chunked),
        Sent("chunked both ways by pipes", "POST /copy-reader " + Chunked),
        Sent("synchronous reads and writes", "POST /synchronous " + Chunked),
        Sent("a synchronous copy", "POST /copy-synchronous " + Chunked),
        Sent("reads and writes by Begin and End", "POST /begin-end " + Chunked),
        Sent("a body read by a stream", "POST /read-stream " + Chunked),
        Sent("a body shown by the pipe until all is there", "POST /read-reader " + Chunked),
        Sent("a body read by the pipe and then the stream", "POST /read-mixed " + Chunked),
        Sent("a body that is buffered and read twice", "POST /buffered " + Chunked),
        WireScenario.Post("a part of the body read by the pipe", "/read-at-least", "text/plain", "hello world"),
        WireScenario.Post("a form", "/form", "application/x-www-form-urlencoded", "a=1&b=two%20words"),
        WireScenario.Post("a multipart form with a file", "/form", "multipart/form-data; boundary=cut", Multipart),
        WireScenario.Post("a body that nobody reads", "/unread", "text/plain", "never read") with { RequestBody = "", RequestState = BodyState.Unread },
        WireScenario.Post("a body read in part", "/half-read", "text/plain", "hello world") with { RequestBody = "hell", RequestState = BodyState.Partial },
        new WireScenario("Expect: 100-continue", async connection =>
        {
            await connection.SendAsync("POST /read-stream HTTP/1.1\r\nHost: test\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            await connection.ReadUntilAsync("100 Continue\r\n\r\n");
            await connection.SendAsync("hello");
            await connection.ReadToEndAsync();
        }) { RequestBody = "hello", RequestState = BodyState.Complete },
        new WireScenario("Expect: 100-continue and a body that nobody asks for", async connection =>
        {
            await connection.SendAsync("POST /unread HTTP/1.1\r\nHost: test\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            await connection.ReadUntilAsync("not read");
            await connection.SendAsync("hello");
            await connection.ReadToEndAsync();
        }) { RequestBody = "", RequestState = BodyState.Unread },
        new WireScenario("a body that comes in two parts", async connection =>
        {
            await connection.SendAsync("POST /read-reader HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Type: text/plain\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n");
            await connection.ReadUntilAsync("100 Continue\r\n\r\n");
            await connection.SendAsync("01234");
            await connection.SendAsync("56789");
            await connection.ReadToEndAsync();
        }) { RequestBody = "0123456789", RequestState = BodyState.Complete },
        WireScenario.Of(
            "three pipelined requests in one write",
            "GET /text HTTP/1.1\nHost: test\n\nPOST /json HTTP/1.1\nHost: test\nContent-Type: application/json\nContent-Length: 20\n\n{\"name\":\"b\",\"qty\":1}"
            + "GET /empty HTTP/1.1\nHost: test\nConnection: close\n\n") with { Requests = 3 },
        WireScenario.Of(
            "pipelined behind a body that nobody reads",
            "POST /unread HTTP/1.1\nHost: test\nContent-Length: 4\n\nabcdGET /text HTTP/1.1\nHost: test\nConnection: close\n\n") with { Requests = 2 },
        WireScenario.Of(
            "trailers of the request",
            "POST /trailers-in HTTP/1.1\nHost: test\nConnection: close\nTransfer-Encoding: chunked\nTrailer: X-Sum\n\n3\nabc\n0\nX-Sum: 6\n\n")
            with { RequestBody = "abc", RequestState = BodyState.Complete },
        WireScenario.Post("5 MB in", "/large-in", "text/plain", new string('y', WireApp.LargeBytes))
            with { RequestBody = new string('y', 32 * 1024), RequestState = BodyState.Truncated },
    ];

    private static IEnumerable<WireScenario> Responses =>
    [
        WireScenario.Get("text", "/text"),
        WireScenario.Of("HEAD", "HEAD /text HTTP/1.1\nHost: test\nConnection: close\n\n") with { ResponseState = BodyState.None },
        WireScenario.Get("204", "/empty") with { ResponseState = BodyState.None },
        WireScenario.Get("304", "/unchanged") with { ResponseState = BodyState.None },
        WireScenario.Get("writes by the pipe and the stream in turn", "/mixed"),
        WireScenario.Get("explicit flushes", "/flushes"),
        WireScenario.Get("StartAsync and CompleteAsync", "/started"),
        WireScenario.Get("a response of declared length", "/sized"),
        WireScenario.Get("the writer as a stream", "/writer-as-stream"),
        WireScenario.Get("a body swapped and put back", "/swapped"),
        WireScenario.Get("a file", "/file") with { ResponseState = BodyState.Skipped },
        WireScenario.Get("a range of a file", "/file", "Range: bytes=5-24\n") with { ResponseState = BodyState.Skipped },
        WireScenario.Get("a range that is not in the file", "/file", "Range: bytes=999999-\n") with { ResponseState = BodyState.None },
        WireScenario.Of("HEAD of a file", "HEAD /file HTTP/1.1\nHost: test\nConnection: close\n\n") with { ResponseState = BodyState.None },
        WireScenario.Get("a range of bytes", "/bytes", "Range: bytes=2-5\n"),
        WireScenario.Get("an image", "/image") with { ResponseState = BodyState.Skipped },
        WireScenario.Get("SendFileAsync", "/send-file") with { ResponseState = BodyState.Skipped },
        WireScenario.Get("5 MB out", "/large-out") with { ResponseState = BodyState.Truncated },
        WireScenario.Of("HTTP/1.0", "GET /mixed HTTP/1.0\nHost: test\n\n"),
        WireScenario.Get("a controller's 404", "/controller/missing"),
        WireScenario.Get("no endpoint", "/nowhere") with { Requests = 0 },
    ];

    private static IEnumerable<WireScenario> Failures =>
    [
        WireScenario.Get("an exception before the response", "/throw") with { ResponseState = BodyState.None, Outcome = RecordingOutcome.Failed },
        WireScenario.Get("an exception after the response started", "/throw-later") with { ResponseState = BodyState.Partial, Outcome = RecordingOutcome.Failed },
        WireScenario.Get("an exception that an IExceptionHandler handles", "/handled"),
        WireScenario.Get("an exception that an error page handles", "/reexecuted") with { Outcome = RecordingOutcome.Failed },
        new WireScenario("an abort by the server", async connection =>
        {
            await connection.SendAsync("GET /abort HTTP/1.1\r\nHost: test\r\n\r\n");
            await connection.ReadUntilAsync("before the abort\r\n");
            WireApp.AbortGate.Release();
            await connection.ReadToEndAsync();
        }) { ResponseState = BodyState.Partial, Outcome = RecordingOutcome.Aborted },
    ];

    private static WireScenario Sent(string name, string request)
        => WireScenario.Of(name, request) with { RequestBody = "hello world", RequestState = BodyState.Complete };
}
