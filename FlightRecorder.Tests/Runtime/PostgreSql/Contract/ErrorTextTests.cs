using System.Text;
using System.Text.RegularExpressions;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.PostgreSql.Contract;

/// <summary>Texts sought in errors: each reader finds what a plain comparison of words finds, also of what was stored before words were noted.</summary>
public sealed partial class ErrorTextTests
{
    private static readonly string[] s_nasty =
    [
        """Npgsql.PostgresException: 23505: duplicate key value violates unique constraint "ix_a_b" """,
        "Could not connect to shop-db.internal.example:5432 (10.0.0.7) after 1.5e3 ms",
        "GET https://shop.example/orders/42?sku=tea&x=%C3%A9#top failed: 503",
        "mail to ann.o'hara+test@shop.example bounced",
        "/var/lib/shop/data.json: No such file or directory",
        "İSTANBUL ıstanbul istanbul ISTANBUL title TITLE",
        "Größe GRÖSSE größe Straße STRASSE ſ K",
        "🔥 on fire 👩‍👩‍👧 emoji🔥glued",
        "nul\0inside and \u0001 control \u200b zero width \u202e turned",
        "half \ud83d pair and \udc00 other",
        "日本語のエラー 数値 ４２ Ошибка сети",
        "cafe\u0301 café naïve co-operate a_b a.b a/b a:b -1 +1",
        "it's a 'quoted' \"text\" with \\ backslash {brace} [bracket] $1 %s _ % * | & ! <-> :*",
        "long " + new string('x', 3000) + " end",
        "long " + new string('X', 64) + "y end",
        "long " + new string('é', 2100),
        string.Join(' ', Enumerable.Range(0, 1500).Select(i => $"many{i}")),
        "the and of is a",
        "x",
        "",
    ];

    private static readonly string[] s_sought =
    [
        "duplicate key", "KEY DUPLICATE", "23505", "ix_a_b", "ix b", "npgsql", "PostgresException", "postgres", "shop-db", "internal", "5432", "10.0.0.7", "1.5e3", "1 5e3", "https://shop.example",
        "shop example", "C3", "A9", "é", "ann.o'hara", "ann@", "hara test", "data.json", "/var/lib", "İSTANBUL", "istanbul", "ISTANBUL", "ıstanbul", "title", "Title", "größe", "GRÖSSE", "grÖsse",
        "Straße", "strasse", "ſ", "s", "K", "k", "fire", "emoji glued", "👩 fire", "nul inside", "nulinside", "inside\0nul", "ufffd", "d83d", "half pair", "ud800", "日本語のエラー", "日本", "４２", "42", "Ошибка",
        "ошибка", "cafe", "café", "cafe\u0301", "naive", "naïve", "a_b", "a b", "it's", "%s", "a%", "x", new string('x', 64), new string('x', 65), new string('x', 63), new string('x', 64) + "zzz",
        new string('X', 900), new string('é', 64), new string('é', 70), "many0", "many999 many0", "many1000", "many997 many998", "the", "of the and", "one left", "Fault3", "fault inner", "deep", "handled",
        "stack", "atUs", "words'); DROP TABLE x; --", "{a,b}", "\"a\"", "'a", "NULL", "null", "true",
    ];

    private StoreRig _noted = null!;
    private StoreRig _older = null!;
    private JournalDirectory _journal = null!;
    private IReadOnlyList<(string Name, IRecordingReader Reader)> _readers = [];
    private readonly List<HashSet<string>[]> _errors = [];
    private readonly Random _random = new(20261120);

    [OneTimeSetUp]
    public async Task FillAsync()
    {
        string[] lines = [.. Enumerable.Range(0, 400).Select(Line)];
        var memory = new MemoryStore(1000);
        await memory.WriteAsync([.. lines.Select((line, i) => new EncodedRecording { Id = Guid.Empty, Sequence = i, Line = LineBuilder.Bytes(line) })], CancellationToken.None);
        _journal = new JournalDirectory();
        _journal.Write("20261120T080000-9f3a11c2d4e5f607-0001.jsonl", LineBuilder.Bytes(lines));
        _noted = await StoreRig.CreateAsync();
        await _noted.ShipAsync(lines);
        _older = await StoreRig.CreateAsync();
        await _older.ShipAsync(lines);
        await _older.Installer.DownAsync(3, CancellationToken.None);
        await _older.Installer.UpAsync(CancellationToken.None);
        _readers = [("memory", memory), ("journal", new JournalReader(_journal.Path)), ("postgres", _noted.Reader), ("postgres before", _older.Reader)];
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        await _noted.DisposeAsync();
        await _older.DisposeAsync();
        _journal.Dispose();
    }

    [TestCaseSource(nameof(s_sought))]
    public Task A_nasty_text_is_met_by_all_or_by_none(string sought) => CompareAsync(new RecordingQuery { ErrorText = sought, Limit = 1000 });

    [Test]
    public async Task Texts_put_together_at_random_are_met_by_all_or_by_none()
    {
        int met = 0;
        for (int round = 0; round < 150; round++)
        {
            met += await CompareAsync(new RecordingQuery { ErrorText = Piece(), Limit = 1000 }) > 0 ? 1 : 0;
        }

        Assert.That(met, Is.GreaterThan(75), "else it is nothing that is compared");
    }

    [Test]
    public async Task Pages_and_other_conditions_go_with_it()
    {
        foreach (RecordingQuery query in new RecordingQuery[]
        {
            new() { ErrorText = "the", Limit = 1 }, new() { ErrorText = "the", Limit = 7 }, new() { ErrorText = "key duplicate", Limit = 3, Status = 500 },
            new() { ErrorText = "the", Route = "/orders/*", Limit = 5 }, new() { ErrorText = "the", Route = "/orders/{id}", Limit = 5 },
            new() { ErrorText = "the", Since = LineBuilder.Start.AddSeconds(50), Until = LineBuilder.Start.AddSeconds(70) },
            new() { ErrorText = "istanbul", Until = LineBuilder.Start.AddSeconds(200), Limit = 2 }, new() { ErrorText = "the", ActorId = "nobody" },
        })
        {
            await CompareAsync(query);
        }
    }

    // Older rows that only look like it must not use up the page.
    [Test]
    public async Task What_is_ruled_out_when_looked_at_leaves_its_place_to_the_next()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.ShipAsync([.. Enumerable.Range(1, 60).Select(i => LineBuilder.Request(
            i, extra: $$"""{"errors":[{"atUs":1,"type":"E","message":"{{(i % 10 == 0 ? "time out" : "timeouts")}}"}]}"""[1..^1]))]);
        await rig.ExecuteAsync("UPDATE flight_recorder_errors SET words = NULL");

        IReadOnlyList<RecordingSummary> found = await rig.Reader.ListAsync(new RecordingQuery { ErrorText = "time", Limit = 4 });

        Assert.That(found.Select(head => head.Sequence), Is.EqualTo(new long[] { 60, 50, 40, 30 }));
    }

    [TestCase("""{"errors":"fault"}""")]
    [TestCase("""{"errors":[{"message":"fault"},"fault"]}""")]
    [TestCase("""{"errors":{"message":"fault"}}""")]
    [TestCase("""{"errors":[],"error":[{"message":"fault"}]}""")]
    [TestCase("""{"tags":{"errors":[{"message":"fault"}]}}""")]
    [TestCase("""{"timeline":[{"type":"error","error":"fault"}]}""")]
    public async Task What_is_no_list_of_errors_has_no_words(string members)
    {
        string line = LineBuilder.Request(1, extra: members[1..^1]);
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.ShipAsync(line);
        var memory = new MemoryStore(10);
        await memory.WriteAsync([new EncodedRecording { Id = Guid.Empty, Sequence = 1, Line = LineBuilder.Bytes(line) }], CancellationToken.None);
        using var journal = new JournalDirectory();
        journal.Write("20261120T080000-9f3a11c2d4e5f607-0001.jsonl", LineBuilder.Bytes(line));

        foreach (IRecordingReader reader in new IRecordingReader[] { memory, new JournalReader(journal.Path), rig.Reader })
        {
            Assert.That(await reader.ListAsync(new RecordingQuery { ErrorText = "fault" }), Is.Empty);
            Assert.That(await reader.ListAsync(new RecordingQuery()), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task A_migration_up_leaves_what_is_stored_to_be_found_and_notes_the_words_of_what_comes()
    {
        Assert.That(await _older.ScalarAsync<long>("SELECT count(*) FROM flight_recorder_errors WHERE words IS NOT NULL"), Is.Zero);
        Assert.That(await _noted.ScalarAsync<long>("SELECT count(*) FROM flight_recorder_errors WHERE words IS NULL"), Is.Zero);
        Assert.That(await _noted.ScalarAsync<long>("SELECT count(DISTINCT session_id) FROM flight_recorder_errors WHERE words @> '{duplicate,key}'"), Is.EqualTo(Expected("duplicate key").Length));
    }

    private async Task<int> CompareAsync(RecordingQuery query)
    {
        bool isAlone = query == new RecordingQuery { ErrorText = query.ErrorText, Limit = query.Limit };
        long[] expected = isAlone ? [.. Expected(query.ErrorText!).Take(query.Limit)] : await SequencesAsync(_readers[0].Reader, query);
        foreach ((string name, IRecordingReader reader) in _readers)
        {
            Assert.That(await SequencesAsync(reader, query), Is.EqualTo(expected), $"{name}, {query}");
        }

        return expected.Length;
    }

    private static async Task<long[]> SequencesAsync(IRecordingReader reader, RecordingQuery query) => [.. (await reader.ListAsync(query)).Select(head => head.Sequence)];

    // Written another way than the product: the classes of regular expressions.
    private long[] Expected(string sought)
    {
        HashSet<string> words = WordsOf(sought);
        return [.. Enumerable.Range(0, _errors.Count).Where(i => _errors[i].Any(words.IsSubsetOf)).Reverse().Select(i => (long)i)];
    }

    private static HashSet<string> WordsOf(params string[] texts)
        => [.. texts.SelectMany(text => Word().Matches(text)).Select(match => match.Value[..Math.Min(64, match.Length)]).Select(AsciiLower).Distinct().Take(1000)];

    private static string AsciiLower(string word) => string.Concat(word.Select(c => c is >= 'A' and <= 'Z' ? (char)(c + 32) : c));

    // One in three has no error; else one to three, some with errors inside.
    private string Line(int number)
    {
        int count = number % 3 == 0 ? 0 : 1 + _random.Next(3);
        (string Json, HashSet<string> Words)[] errors = [.. Enumerable.Range(0, count).Select(i => Error(number < 2 * s_nasty.Length ? s_nasty[number / 2] : Piece(), i))];
        _errors.Add([.. errors.Select(error => error.Words)]);
        return LineBuilder.Request(
            number, path: number % 5 == 0 ? "/stock" : "/orders/1", status: count == 0 ? 200 : 500,
            extra: count == 0 ? "\"tags\":{\"none\":\"the duplicate key is not here\"}" : $"\"errors\":[{string.Join(',', errors.Select(error => error.Json))}]");
    }

    private (string Json, HashSet<string> Words) Error(string message, int ordinal)
    {
        string type = $"Shop.Fault{ordinal}";
        if (_random.Next(3) > 0)
        {
            return ($$"""{"atUs":{{ordinal}},"type":"{{type}}","message":{{Json(message)}},"stack":"at stack","handled":false}""", WordsOf(type, message));
        }

        string inner = Piece();
        return (
            $$"""{"atUs":{{ordinal}},"type":"{{type}}","message":{{Json(message)}},"stack":"at stack","inner":[{"type":"Inner","message":{{Json(inner)}},"inner":[{"type":"Deep"}]}],"handled":true}""",
            WordsOf(type, message, "Inner", inner, "Deep"));
    }

    // A stretch of one of the texts, or two of them joined; now and then in capitals. It has a word.
    private string Piece()
    {
        while (true)
        {
            string text = s_nasty[_random.Next(s_nasty.Length)];
            int start = text.Length < 40 ? 0 : _random.Next(text.Length - 30);
            string piece = text[start..Math.Min(text.Length, start + 1 + _random.Next(30))];
            piece = _random.Next(4) == 0 ? piece + (_random.Next(2) == 0 ? " the " : "the") : piece;
            piece = _random.Next(4) == 0 ? piece.ToUpperInvariant() : piece;
            if (Word().IsMatch(piece))
            {
                return piece;
            }
        }
    }

    // As the recorder spells it; half a surrogate pair as another encoder may.
    private static string Json(string text)
    {
        var json = new LineBuffer(256);
        json.Text(text);
        string spelled = Encoding.UTF8.GetString(json.Written);
        return spelled.Replace("\ufffd", "\\ud800", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex Word();
}
