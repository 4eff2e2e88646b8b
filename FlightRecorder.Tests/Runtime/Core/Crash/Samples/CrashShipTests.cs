namespace FlightRecorder.Tests.Core.Crash.Samples;

[Platform("Linux")]
[CancelAfter(60_000)]
public sealed class CrashShipTests
{
    private string _directory = null!;
    private ErrorsEndpoint _endpoint = null!;

    private string Errors => Path.Combine(_directory, "errors.jsonl");

    private string Consent => Path.Combine(_directory, "consent");

    private string State => Errors + ".shipped";

    [SetUp]
    public async Task Prepare()
    {
        _directory = Directory.CreateTempSubdirectory("ship").FullName;
        _endpoint = await ErrorsEndpoint.StartAsync();
        _endpoint.SaveCertificate(Path.Combine(_directory, "authority.pem"));
        File.WriteAllText(Consent, "We agree that errors of the shop go to\n" + _endpoint.Address + "\n");
        File.WriteAllText(Errors, "{\"n\":1}\n{\"n\":2}\n");
    }

    [TearDown]
    public async Task Remove()
    {
        await _endpoint.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public async Task Each_line_is_sent_once(CancellationToken cancellationToken)
    {
        Assert.That(await ShipAsync(cancellationToken), Is.EqualTo(new CrashProcess.Ended(0, "", "")));
        Assert.That((await ShipAsync(cancellationToken)).ExitCode, Is.Zero);
        File.AppendAllText(Errors, "{\"n\":3}\n");
        Assert.That((await ShipAsync(cancellationToken)).ExitCode, Is.Zero);

        Assert.That(_endpoint.Batches.Select(batch => batch.Lines), Is.EqualTo(new[] { "{\"n\":1}\n{\"n\":2}\n", "{\"n\":3}\n" }));
    }

    [Test]
    public async Task A_file_that_was_moved_is_finished_before_the_new_one(CancellationToken cancellationToken)
    {
        await ShipAsync(cancellationToken);
        File.AppendAllText(Errors, "{\"n\":3}\n");
        File.Move(Errors, Errors + ".1");
        File.WriteAllText(Errors, "{\"n\":4}\n");
        await ShipAsync(cancellationToken);
        await ShipAsync(cancellationToken);

        Assert.That(_endpoint.Batches.Skip(1).Select(batch => batch.Lines), Is.EqualTo(new[] { "{\"n\":3}\n", "{\"n\":4}\n" }));
    }

    [Test]
    public async Task Half_a_line_waits_for_its_end(CancellationToken cancellationToken)
    {
        File.AppendAllText(Errors, "{\"n\"");
        await ShipAsync(cancellationToken);
        File.AppendAllText(Errors, ":3}\n");
        await ShipAsync(cancellationToken);

        Assert.That(_endpoint.Batches.Select(batch => batch.Lines), Is.EqualTo(new[] { "{\"n\":1}\n{\"n\":2}\n", "{\"n\":3}\n" }));
    }

    [TestCase(500)]
    [TestCase(302)]
    [TestCase(307)]
    [TestCase(202)]
    [TestCase(404)]
    public async Task Only_an_acknowledgement_moves_the_offset(int status, CancellationToken cancellationToken)
    {
        _endpoint.Status = status;
        CrashProcess.Ended refused = await ShipAsync(cancellationToken);
        bool hasState = File.Exists(State);
        _endpoint.Status = 200;
        await ShipAsync(cancellationToken);

        Assert.That(refused, Is.EqualTo(new CrashProcess.Ended(75, "", $"Not acknowledged, to be sent again: the answer was {status}\n")));
        Assert.That(hasState, Is.False);
        Assert.That(_endpoint.Batches, Has.Count.EqualTo(2));
        Assert.That(_endpoint.Batches[1], Is.EqualTo(_endpoint.Batches[0]), "the same lines under the same key");
    }

    [Test]
    public async Task A_destination_that_is_not_there_moves_nothing(CancellationToken cancellationToken)
    {
        await _endpoint.DisposeAsync();

        Assert.That((await ShipAsync(cancellationToken)).ExitCode, Is.EqualTo(75));
        Assert.That(File.Exists(State), Is.False);
    }

    [Test]
    public async Task A_certificate_that_nobody_vouches_for_gets_nothing(CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await RunAsync(["--file", Errors, "--to", _endpoint.Address, "--consent", Consent], cancellationToken);

        Assert.That(ended.ExitCode, Is.EqualTo(75));
        Assert.That(_endpoint.Batches, Is.Empty);
        Assert.That(File.Exists(State), Is.False);
    }

    // Who opens a FIFO without a writer waits for ever: the errors were not even opened.
    [TestCase("http://localhost/in", 64)]
    [TestCase("ftp://localhost/in", 64)]
    [TestCase("https://user:word@localhost/in", 64)]
    [TestCase("localhost/in", 64)]
    [TestCase("https://elsewhere.example/in", 77)]
    public async Task Nothing_is_read_for_a_destination_that_is_unsafe_or_that_nobody_agreed_to(string to, int exitCode, CancellationToken cancellationToken)
    {
        File.Delete(Errors);
        Shell.Run("mkfifo $0", Errors);
        File.AppendAllText(Consent, "http://localhost/in\n");

        Assert.That((await RunAsync(["--file", Errors, "--to", to, "--consent", Consent], cancellationToken)).ExitCode, Is.EqualTo(exitCode));
    }

    [TestCase("rm $0")]
    [TestCase("rm $0; mkdir $0")]
    [TestCase(": >$0")]
    [TestCase("sed -i s,https:,https:/, $0")]
    public async Task Without_consent_nothing_is_read(string change, CancellationToken cancellationToken)
    {
        File.Delete(Errors);
        Shell.Run("mkfifo $0", Errors);
        Shell.Run(change, Consent);

        Assert.That((await ShipAsync(cancellationToken)).ExitCode, Is.EqualTo(77));
        Assert.That(_endpoint.Batches, Is.Empty);
    }

    [Test]
    public async Task A_consent_taken_back_ends_it_after_the_batch_on_its_way(CancellationToken cancellationToken)
    {
        File.WriteAllText(Errors, string.Concat(Enumerable.Range(0, 600).Select(n => $$"""{"n":{{n}},"text":"{{new string('a', 1000)}}"}""" + "\n")));
        _endpoint.Received = () => File.Delete(Consent);

        Assert.That((await ShipAsync(cancellationToken)).ExitCode, Is.EqualTo(77));
        Assert.That(_endpoint.Batches, Has.Count.EqualTo(1));
        Assert.That(_endpoint.Batches[0].Lines, Does.EndWith("\"}\n"), "whole lines");
        Assert.That(File.ReadAllText(State), Does.EndWith($" {_endpoint.Batches[0].Lines.Length}\n"));
    }

    private Task<CrashProcess.Ended> ShipAsync(CancellationToken cancellationToken)
        => RunAsync(["--file", Errors, "--to", _endpoint.Address, "--consent", Consent, "--authority", Path.Combine(_directory, "authority.pem")], cancellationToken);

    private static Task<CrashProcess.Ended> RunAsync(string[] arguments, CancellationToken cancellationToken)
        => SampleProgram.RunAsync("CrashShip", arguments, cancellationToken);
}
