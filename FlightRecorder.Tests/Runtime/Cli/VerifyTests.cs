using System.Text.Json;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Cli;

public class VerifyTests
{
    private const string First = "20261120T080000-9f3a11c2d4e5f607-0001.jsonl";
    private const string Second = "20261120T080000-9f3a11c2d4e5f607-0002.jsonl";
    private const string Fourth = "20261120T080000-9f3a11c2d4e5f607-0004.jsonl";

    private static readonly byte[] s_one = LineBuilder.Bytes(LineBuilder.Request(1));
    private static readonly byte[] s_two = LineBuilder.Bytes(LineBuilder.Request(2));
    private static readonly byte[] s_three = LineBuilder.Bytes(LineBuilder.Request(3));

    private CliRig _cli = null!;

    [SetUp]
    public void SetUp() => _cli = new CliRig();

    [TearDown]
    public void TearDown() => _cli.Dispose();

    [Test]
    public async Task A_sound_journal_has_no_fault_and_exits_with_zero()
    {
        Write(First, s_one, s_three, s_two);

        Assert.That(await _cli.RunAsync("verify"), Is.Zero);
        Assert.That(_cli.Output, Is.EqualTo($"1 segment, 3 intact lines, {s_one.Length * 3} bytes: no fault.\n"));
    }

    [Test]
    public async Task The_directory_may_be_the_argument()
    {
        Write(First, s_one, "x\n"u8.ToArray());

        Assert.That(await _cli.RunAsync(hasColor: false, ["verify", _cli.Directory.Path]), Is.EqualTo(3));
    }

    [Test]
    public async Task A_missing_directory_is_an_empty_journal_and_that_is_said()
    {
        Assert.That(await _cli.RunAsync("verify"), Is.Zero);
        Assert.That(_cli.Error, Is.EqualTo($"There is no journal in {_cli.Directory.Path}.\n"));
    }

    [Test]
    public async Task Each_fault_is_told_with_its_file_and_offset()
    {
        int at = s_one.Length;
        await FaultsAsync(["0001:AT: torn: a line breaks off after 100 bytes"], s_one, s_two[..100]);
        await FaultsAsync(["0001:AT: zeros: 5000 zero bytes"], s_one, new byte[5000]);
        await FaultsAsync(["0001:AT: zeros: 3 zero bytes"], s_one, new byte[3], s_two);
        await FaultsAsync(["0001:AT: torn: a line breaks off after 100 bytes", $"0001:{at + 100}: zeros: 9000 zero bytes"], s_one, s_two[..100], new byte[9000]);
        await FaultsAsync(
            [$"0001:AT: damaged: a line of {at - 1} bytes does not have the checksum it ends with", $"0001:{at * 2}: gap: number 2 is missing before this line"],
            s_one, Flipped(s_two), s_three);
        await FaultsAsync([$"0001:AT: damaged: a line of {(at * 2) - 1} bytes does not have the checksum it ends with"], s_one, [.. s_two[..^1], (byte)'x'], s_three);
        await FaultsAsync([$"0001:AT: oversized: {20_000_001} bytes without the end of a line"], s_one, [.. new string('x', 20_000_000).Select(c => (byte)c), (byte)'\n'], s_two);
        await FaultsAsync(["0001:AT: future: a line of a later version"], s_one, LineBuilder.Bytes(LineBuilder.Seal("{\"v\":2")));
        await FaultsAsync(["0001:AT: unknown: a line of an unknown kind"], s_one, LineBuilder.Bytes(LineBuilder.Seal($"{{\"v\":1,\"kind\":\"hologram\",\"id\":\"{LineBuilder.Id(2)}\"")));
        await FaultsAsync(["0001:AT: malformed: an intact line that is no recording"], s_one, LineBuilder.Bytes(LineBuilder.Seal("{\"v\":1")));
        await FaultsAsync(["0001:AT: gap: numbers 2 to 6 are missing before this line"], s_one, LineBuilder.Bytes(LineBuilder.Request(7)));
        await FaultsAsync(["0001:0: gap: number 1 is missing before this line"], s_two);
    }

    [Test]
    public async Task A_missing_segment_is_told_where_the_next_one_goes_on()
    {
        Write(First, s_one);
        Write(Fourth, LineBuilder.Bytes(LineBuilder.Request(5)));

        Assert.That(await _cli.RunAsync("verify"), Is.EqualTo(3));
        Assert.That(_cli.OutputLines[0], Is.EqualTo(Fourth + ":0: missing: numbers 2 to 4 are missing, with segment 0002 to 0003"));
    }

    [Test]
    public async Task What_the_recorder_itself_leaves_is_no_fault()
    {
        // Retention took the beginning, an ordinal got no line, lines came out of order, and the tail of a segment that was put aside is known.
        Write(Second, LineBuilder.Bytes(LineBuilder.Request(11), LineBuilder.Request(10), LineBuilder.Request(13)));
        Write(Fourth, LineBuilder.Bytes(LineBuilder.Request(12), LineBuilder.Request(14)));
        Write($"20261120T080000-00000000000000aa-0001.{s_one.Length}.dirty", LineBuilder.Bytes(LineBuilder.Request(1, run: "00000000000000aa")), "half a li"u8.ToArray());

        Assert.That(await _cli.RunAsync("verify"), Is.Zero, _cli.Output);
    }

    [Test]
    public async Task Half_a_line_in_a_segment_that_is_being_written_is_no_fault_until_the_run_is_over()
    {
        string path = Write(First, s_one, s_two[..100]);
        using (new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            Assert.That(await _cli.RunAsync("verify"), Is.Zero, _cli.Output);
        }

        Assert.That(await _cli.RunAsync("verify"), Is.EqualTo(3));
    }

    [Test]
    public async Task Every_cut_inside_a_line_and_every_flipped_bit_is_a_fault()
    {
        byte[] segment = [.. s_one, .. s_two];
        for (int i = 0; i < segment.Length; i += 7)
        {
            Write(First, segment[..i]);
            bool isCut = i != 0 && segment[i - 1] != '\n' && segment[i] != '\n';
            Assert.That(await _cli.RunAsync("verify"), Is.EqualTo(isCut ? 3 : 0), $"cut at {i}");

            byte[] flipped = [.. segment];
            flipped[i] ^= (byte)(1 << (i % 8));
            Write(First, flipped);
            Assert.That(await _cli.RunAsync("verify"), Is.EqualTo(3), $"byte {i}");
        }
    }

    [Test]
    public async Task Json_is_one_object_per_fault_and_one_for_the_whole()
    {
        Write(First, s_one, Flipped(s_two));

        Assert.That(await _cli.RunAsync("verify", "--json"), Is.EqualTo(3));

        JsonElement fault = JsonDocument.Parse(_cli.OutputLines[0]).RootElement;
        Assert.That((fault.GetProperty("file").GetString(), fault.GetProperty("offset").GetInt64(), fault.GetProperty("fault").GetString()), Is.EqualTo((First, (long)s_one.Length, "damaged")));
        JsonElement sum = JsonDocument.Parse(_cli.OutputLines[1]).RootElement;
        Assert.That((sum.GetProperty("lines").GetInt64(), sum.GetProperty("faults").GetInt64()), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public async Task The_name_of_a_file_steers_no_terminal()
    {
        Write("\u001b[2Jx.jsonl", "damaged\n"u8.ToArray());

        Assert.That(await _cli.RunAsync("verify"), Is.EqualTo(3));
        Assert.That(_cli.Output, Does.StartWith("\\x1B[2Jx.jsonl:0: damaged").And.Not.Contain('\u001b'));
    }

    private async Task FaultsAsync(string[] expected, params byte[][] parts)
    {
        Write(First, parts);

        Assert.That(await _cli.RunAsync("verify"), Is.EqualTo(3));
        Assert.That(_cli.OutputLines[..^1], Is.EqualTo(expected.Select(fault => $"{First[..^10]}{fault.Replace("AT", $"{s_one.Length}").Replace("0001:", "0001.jsonl:")}")));
        Assert.That(_cli.OutputLines[^1], Does.EndWith($": {expected.Length} fault{(expected.Length == 1 ? "" : "s")}."));
    }

    private string Write(string name, params byte[][] parts) => _cli.Directory.Write(name, [.. parts.SelectMany(part => part)]);

    private static byte[] Flipped(byte[] line)
    {
        byte[] flipped = [.. line];
        flipped[100] ^= 1;
        return flipped;
    }
}
