using System.Collections;
using System.Reflection;

namespace FlightRecorder.Tests.AspNetCore.Options;

/// <summary>Every option can be set by its key in the configuration, found by walking the options themselves.</summary>
public sealed class BindingTests
{
    // A value that is valid and not the default, as it stands in a configuration file.
    private static readonly Dictionary<string, string> Values = new()
    {
        ["Enabled"] = "False",
        ["AppName"] = "shop",
        ["AppVersion"] = "1.2.3",
        ["Environment"] = "Staging",
        ["Tags"] = "blue",
        ["StorePrompt"] = "True",
        ["MaxRecordBytes"] = "20000",
        ["Timeline:Logs"] = "True",
        ["Timeline:HttpClient"] = "True",
        ["Timeline:Cache"] = "True",
        ["Timeline:HandledErrors"] = "True",
        ["Redaction:Names"] = "iban",
        ["Redaction:Paths"] = "query:token",
        ["Redaction:Replacement"] = "***",
        ["Redaction:HashKey"] = "0123456789abcdef",
        ["Redaction:ScrubEchoes"] = "False",
        ["Journal:Directory"] = "/var/lib/shop/flight",
        ["Journal:MaxSegmentBytes"] = "65536",
        ["Journal:MaxTotalBytes"] = "200000000",
        ["Journal:MaxAge"] = "2.03:04:05",
        ["Journal:Sync"] = "Always",
        ["Journal:SyncInterval"] = "00:00:00.0500000",
        ["Journal:BootCheck"] = "False",
        ["BlackBox:Slots"] = "False",
        ["BlackBox:RingBytes"] = "1000",
        ["BlackBox:Directory"] = "slots",
        ["Queue:MaxBytes"] = "2000000",
        ["Queue:StopTimeout"] = "00:00:09",
        ["HeaderRecordingsPerMinute"] = "77",
        ["RecordEverything"] = "True",
        ["RequestHeaders"] = "x-one",
        ["ResponseHeaders"] = "x-two",
        ["MaxBodyBytes"] = "100",
        ["Bodies"] = "Request",
        ["RequestIdHeader"] = "x-trace",
    };

    private static IEnumerable<TestCaseData> Options()
        => Walk(typeof(FlightRecorderWebOptions), "").Select(option => new TestCaseData(option).SetArgDisplayNames(option));

    [TestCaseSource(nameof(Options))]
    public void Its_key_in_the_configuration_sets_it(string key)
    {
        Assert.That(Values, Does.ContainKey(key), "a new option needs a value here");
        object? unset = Read(new ChangingSource(), key);
        object? set = Read(new ChangingSource { [key + Suffix(key)] = Values[key] }, key);

        Assert.Multiple(() =>
        {
            Assert.That(Text(set), Is.EqualTo(Values[key]));
            Assert.That(Text(unset), Is.Not.EqualTo(Values[key]), "the test could not fail");
        });
    }

    [Test]
    public void Keys_ignore_case() => Assert.That(Read(new ChangingSource { ["JOURNAL:maxsegmentbytes"] = "65536" }, "Journal:MaxSegmentBytes"), Is.EqualTo(65536));

    [Test]
    public void Code_after_the_configuration_has_the_last_word()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Services.AddFlightRecorder(new ChangingSource { ["MaxBodyBytes"] = "1", ["AppName"] = "file" }.Section);
        builder.Services.AddFlightRecorder(options => options.MaxBodyBytes = 2);
        FlightRecorderWebOptions options = builder.Services.BuildServiceProvider().GetRequiredService<FlightRecorderWebOptions>();

        Assert.That((options.MaxBodyBytes, options.AppName), Is.EqualTo((2, "file")));
    }

    private static string Suffix(string key) => key switch
    {
        "Tags" => ":team",
        "Redaction:Names" or "Redaction:Paths" or "RequestHeaders" or "ResponseHeaders" => ":0",
        _ => "",
    };

    // Functions cannot stand in a configuration.
    private static IEnumerable<string> Walk(Type type, string prefix)
        => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => !typeof(Delegate).IsAssignableFrom(property.PropertyType))
            .SelectMany(property => property.CanWrite ? [prefix + property.Name] : Walk(property.PropertyType, prefix + property.Name + ":"));

    private static object? Read(ChangingSource source, string key)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Services.AddFlightRecorder(source.Section);
        object? value = builder.Services.BuildServiceProvider().GetRequiredService<FlightRecorderWebOptions>();
        foreach (string part in key.Split(':'))
        {
            value = value!.GetType().GetProperty(part)!.GetValue(value);
        }

        return value;
    }

    private static string? Text(object? value) => value switch
    {
        null or string => (string?)value,
        IDictionary<string, string> pairs => pairs.Values.SingleOrDefault(),
        IEnumerable values => string.Join(", ", values.Cast<string>()),
        _ => FormattableString.Invariant($"{value}"),
    };
}
