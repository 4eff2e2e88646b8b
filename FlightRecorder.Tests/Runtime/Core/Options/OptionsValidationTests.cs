namespace FlightRecorder.Tests.Core.Options;

public sealed class OptionsValidationTests
{
    private static readonly (string Key, string Value, string Allowed, Action<FlightRecorderOptions> Break)[] Faults =
    [
        ("FlightRecorder:MaxRecordBytes", "is 12", "16384 to 16777216", o => o.MaxRecordBytes = 12),
        ("FlightRecorder:Redaction:Replacement", "is \"\"", "1 to 64 characters", o => o.Redaction.Replacement = ""),
        ("FlightRecorder:Redaction:HashKey", "is \"(hidden)\"", "at least 16 bytes", o => o.Redaction.HashKey = "short"),
        ("FlightRecorder:Tags", "is null", "names and values", o => o.Tags = null!),
        ("FlightRecorder:Tags:team", "is null", "0 to 256 characters", o => o.Tags["team"] = null!),
        ("FlightRecorder:Redaction:Names", "is null", "a list", o => o.Redaction.Names = null!),
        ("FlightRecorder:Redaction:Paths", "is null", "a list", o => o.Redaction.Paths = null!),
        ("FlightRecorder:BlackBox:Directory", "is \"~/slots\"", "~ is not expanded", o => o.BlackBox.Directory = "~/slots"),
        ("FlightRecorder:Redaction:Names:0", "is \"\"", "1 to 128 characters", o => o.Redaction.Names = [""]),
        ("FlightRecorder:Redaction:Paths:0", "is \"cookies:a\"", "body:, query:, params:, header: or form:", o => o.Redaction.Paths.Add("cookies:a")),
        ("FlightRecorder:Redaction:Paths:0", "is \"a..b\"", "joined by dots", o => o.Redaction.Paths.Add("a..b")),
        ("FlightRecorder:Journal:Directory", "is \"\"", "1 to 4096 characters", o => o.Journal.Directory = ""),
        ("FlightRecorder:Journal:MaxSegmentBytes", "is 1", "65536 to", o => o.Journal.MaxSegmentBytes = 1),
        ("FlightRecorder:Journal:MaxTotalBytes", "is 1048576", "at least Journal:MaxSegmentBytes", o => o.Journal.MaxTotalBytes = 1024 * 1024),
        ("FlightRecorder:Journal:MaxAge", "is 00:00:01", "00:01:00 to", o => o.Journal.MaxAge = TimeSpan.FromSeconds(1)),
        ("FlightRecorder:Journal:SyncInterval", "is 00:02:00", "to 00:01:00", o => o.Journal.SyncInterval = TimeSpan.FromMinutes(2)),
        ("FlightRecorder:Journal:Sync", "is 9", "Buffered, Interval, Always", o => o.Journal.Sync = (JournalSync)9),
        ("FlightRecorder:BlackBox:RingBytes", "is -1", "0 to", o => o.BlackBox.RingBytes = -1),
        ("FlightRecorder:Queue:MaxBytes", "is 5", "1048576 to", o => o.Queue.MaxBytes = 5),
    ];

    [TestCaseSource(nameof(Faults))]
    public void A_wrong_option_is_named_with_its_value_and_what_is_allowed((string Key, string Value, string Allowed, Action<FlightRecorderOptions> Break) fault)
    {
        var options = new FlightRecorderOptions();
        fault.Break(options);
        Assert.That(() => Check(options), Throws.TypeOf<FlightRecorderConfigurationException>()
            .With.Message.Contains(fault.Key).And.Message.Contains(fault.Value).And.Message.Contains(fault.Allowed));
    }

    [Test]
    public void A_hash_key_that_is_too_short_is_not_printed()
    {
        var options = new FlightRecorderOptions();
        options.Redaction.HashKey = "hunter2";
        Assert.That(() => Check(options), Throws.Exception.With.Message.Not.Contains("hunter2"));
    }

    [Test]
    public void All_faults_are_told_at_once()
    {
        var options = new FlightRecorderOptions { MaxRecordBytes = 1 };
        options.Queue.MaxBytes = 1;
        Assert.That(() => Check(options), Throws.Exception.With.Message.Contains("MaxRecordBytes").And.Message.Contains("Queue:MaxBytes"));
    }

    [Test]
    public void The_defaults_are_valid() => Assert.That(() => Check(new FlightRecorderOptions()), Throws.Nothing);

    private static void Check(FlightRecorderOptions options)
    {
        var checks = new OptionChecks();
        options.Validate(checks);
        checks.ThrowIfAny();
    }
}
