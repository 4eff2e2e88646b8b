using FlightRecorder.Tests.AspNetCore.Support;

namespace FlightRecorder.Tests.AspNetCore.Capture;

[NonParallelizable]
public sealed class LargeBodyTests
{
    private const long LargeBytes = 50_000_000;
    private const int Small = 200;

    [Test]
    public async Task Bodies_of_50_MB_among_small_ones_are_cut_and_take_no_memory_of_their_size()
    {
        byte[] block = new byte[64 * 1024];
        Array.Fill(block, (byte)'x');
        await using TestApp app = await TestApp.StartAsync(
            web =>
            {
                web.MapPost("/large", (Delegate)(async (HttpContext context) =>
                {
                    context.Response.ContentType = "text/plain";
                    byte[] read = new byte[block.Length];
                    long left = 0;
                    while (await context.Request.Body.ReadAsync(read) is > 0 and int count)
                    {
                        left += count;
                    }

                    // Only now: the client reads no answer before it has sent everything.
                    for (; left > 0; left -= block.Length)
                    {
                        await context.Response.Body.WriteAsync(block.AsMemory(0, (int)Math.Min(left, block.Length)));
                    }
                })).Record();
                web.MapPost("/small", (Delegate)(async (HttpContext context) => await new StreamReader(context.Request.Body).ReadToEndAsync())).Record();
            },
            build: builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null));
        await SmallAsync(app);
        long before = GC.GetTotalAllocatedBytes(precise: true);

        Task<long> large = LargeAsync(app, block);
        await SmallAsync(app);
        Assert.That(await large, Is.EqualTo(LargeBytes));
        IReadOnlyList<Snapshot> recorded = await app.SettledAsync((2 * Small) + 1);

        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(LargeBytes / 2));
        Assert.That(recorded, Has.Count.EqualTo((2 * Small) + 1));
        RecordingSummary head = (await app.Services.GetRequiredService<IRecordingReader>().ListAsync(new RecordingQuery { Route = "/large" })).Single();
        Recording stored = (await app.Services.GetRequiredService<IRecordingReader>().GetAsync(head.Id))!;
        Assert.That((stored.Request!.Body.State, stored.Request.Body.Bytes), Is.EqualTo((BodyState.Truncated, LargeBytes)));
        Assert.That((stored.Response!.Body.State, stored.Response.Body.Bytes), Is.EqualTo((BodyState.Truncated, LargeBytes)));
        Assert.That(app.Recorder.Counters.AllDropped, Is.Zero);
    }

    private static async Task SmallAsync(TestApp app)
    {
        for (int i = 0; i < Small; i++)
        {
            using var content = new StringContent("small");
            using HttpResponseMessage answer = await app.Client.PostAsync("/small", content);
            Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("small"));
        }
    }

    private static async Task<long> LargeAsync(TestApp app, byte[] block)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/large") { Content = new Blocks(block) };
        using HttpResponseMessage answer = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using Stream body = await answer.Content.ReadAsStreamAsync();
        byte[] read = new byte[block.Length];
        long total = 0;
        while (await body.ReadAsync(read) is > 0 and int count)
        {
            total += count;
        }

        return total;
    }

    private sealed class Blocks : HttpContent
    {
        private readonly byte[] _block;

        public Blocks(byte[] block)
        {
            _block = block;
            Headers.ContentType = new("text/plain");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            for (long sent = 0; sent < LargeBytes; sent += _block.Length)
            {
                await stream.WriteAsync(_block.AsMemory(0, (int)Math.Min(_block.Length, LargeBytes - sent)));
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = LargeBytes;
            return true;
        }
    }
}
