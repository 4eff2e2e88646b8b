using System.Globalization;
using System.Reflection;

namespace FlightRecorder.Tests.Architecture.Contract;

/// <summary>CONTRACT.md says what the code does: every public option with its real default and range, every public type.</summary>
public sealed class ContractTests
{
    private static readonly string[] Packages = [Binaries.Core, "FlightRecorder.AspNetCore", "FlightRecorder.EntityFrameworkCore", "FlightRecorder.AdoNet", "FlightRecorder.PostgreSql", "FlightRecorder.Testing"];

    private static IEnumerable<TestCaseData> Tables()
    {
        FlightRecorderWebOptions web = PublicOptions.Resolve();
        yield return Table(typeof(FlightRecorderOptions), PublicOptions.Of(web, typeof(FlightRecorderOptions)));
        yield return Table(typeof(FlightRecorderWebOptions), PublicOptions.Of(web, typeof(FlightRecorderWebOptions)));
        yield return Table(typeof(RecordAttribute), PublicOptions.Of(new RecordAttribute(), typeof(RecordAttribute)));
        yield return Table(typeof(RecordRule), PublicOptions.Of(new RecordRule()));
        yield return Table(typeof(EntityFrameworkRecordingOptions), PublicOptions.Of(new EntityFrameworkRecordingOptions()));
        yield return Table(typeof(AdoNetRecordingOptions), PublicOptions.Of(new AdoNetRecordingOptions()));
        yield return Table(typeof(PostgresStoreOptions), PublicOptions.Of(new PostgresStoreOptions()));
        yield return Table(typeof(RecordingQuery), PublicOptions.Of(new RecordingQuery()));
        yield return Table(typeof(PromptOptions), PublicOptions.Of(new PromptOptions()));
        yield return Table(typeof(CanaryOptions), PublicOptions.Of(new CanaryOptions()));
        yield return Table(typeof(CrashOptions), PublicOptions.Of(new CrashOptions()));
    }

    private static IEnumerable<TestCaseData> Ranges()
        => new[] { typeof(FlightRecorderOptions), typeof(FlightRecorderWebOptions) }
            .SelectMany(type => ContractFile.RowsOf(type).Values)
            .Where(row => row.Range is not null)
            .Select(row => new TestCaseData(row).SetArgDisplayNames(row.Name));

    [TestCaseSource(nameof(Tables))]
    public void Every_option_is_in_the_contract_with_its_default(Type type, IReadOnlyDictionary<string, string> options)
    {
        IReadOnlyDictionary<string, ContractRow> rows = ContractFile.RowsOf(type);
        Assert.Multiple(() =>
        {
            Assert.That(options, Is.Not.Empty);
            Assert.That(rows.Keys, Is.EquivalentTo(options.Keys));
            foreach ((string name, ContractRow row) in rows)
            {
                Assert.That(row.Default, Is.EqualTo(options.GetValueOrDefault(name)), name);
            }
        });
    }

    [TestCaseSource(nameof(Ranges))]
    public void A_range_in_the_contract_is_the_one_that_is_checked(object stated)
    {
        var row = (ContractRow)stated;
        (string least, string most) = row.Range!.Value;
        Assert.Multiple(() =>
        {
            Assert.That(Refuses(row.Name, least, 0), Is.False, "the least");
            Assert.That(Refuses(row.Name, least, -1), Is.True, "below the least");
            Assert.That(Refuses(row.Name, most, 0), Is.False, "the most");
            Assert.That(Refuses(row.Name, most, 1), Is.True, "above the most");
        });
    }

    [TestCase(typeof(FlightRecorderOptions))]
    [TestCase(typeof(FlightRecorderWebOptions))]
    public void Every_number_and_time_has_a_range(Type type)
        => Assert.That(
            ContractFile.RowsOf(type).Values.Where(row => char.IsAsciiDigit(row.Default[0]) && row.Range is null).Select(row => row.Name),
            Is.Empty);

    [TestCaseSource(nameof(Packages))]
    public void Every_public_type_is_in_the_contract(string package)
    {
        IEnumerable<string> types = Assembly.Load(package).GetExportedTypes()
            .Where(type => type.Namespace != "FlightRecorder.CompilerServices" && !type.IsNested)
            .Select(type => type.Name);

        Assert.That(types.Where(name => !ContractFile.Text.Contains('`' + name + '`')), Is.Empty);
    }

    private static TestCaseData Table(Type type, IEnumerable<KeyValuePair<string, string>> options)
        => new TestCaseData(type, options.ToDictionary()).SetArgDisplayNames(type.Name);

    // Whether the start is refused because of this option's own range; the two sizes of the journal also bound each other.
    private static bool Refuses(string name, string value, int beside)
    {
        try
        {
            PublicOptions.Resolve(options => Set(options, name, value, beside));
            return false;
        }
        catch (FlightRecorderConfigurationException error)
        {
            return error.Message.Split(Environment.NewLine)
                .Any(line => line.StartsWith($"FlightRecorder:{name} is ", StringComparison.Ordinal) && !line.Contains("at least Journal:MaxSegmentBytes"));
        }
    }

    private static void Set(object options, string name, string value, int beside)
    {
        string[] parts = name.Split(':');
        object owner = parts[..^1].Aggregate(options, (group, part) => group.GetType().GetProperty(part)!.GetValue(group)!);
        PropertyInfo property = owner.GetType().GetProperty(parts[^1])!;
        object number = property.PropertyType == typeof(TimeSpan)
            ? TimeSpan.ParseExact(value, "c", CultureInfo.InvariantCulture) + TimeSpan.FromTicks(beside)
            : Convert.ChangeType(long.Parse(value, CultureInfo.InvariantCulture) + beside, property.PropertyType, CultureInfo.InvariantCulture);
        property.SetValue(owner, number);
    }
}
