using System.Collections;
using System.Data;
using System.Data.Common;
using System.Reflection;
using FlightRecorder.AdoNet;
using FlightRecorder.Tests.AdoNet.Support;

namespace FlightRecorder.Tests.AdoNet.Delegation;

/// <summary>Calls every virtual member of every decorator over a provider that notes what reaches it.</summary>
[NonParallelizable]
public sealed class DelegationTests
{
    private static readonly RecordingSettings Settings = RecordingSettings.From(null);

    // Raised by the decorator for the provider's event, with itself as the sender.
    private static readonly string[] OwnMembers = ["OnStateChange"];

    // What the decorator hands out decorated.
    private static readonly Type[] DecoratedTypes =
    [
        typeof(DbConnection), typeof(DbCommand), typeof(DbBatch), typeof(DbTransaction), typeof(DbDataReader), typeof(DbDataSource),
        typeof(DbProviderFactory), typeof(DbDataAdapter), typeof(IEnumerator),
    ];

    private static readonly Type[] Bases =
    [
        typeof(DbDataSource), typeof(DbConnection), typeof(DbCommand), typeof(DbBatch), typeof(DbTransaction), typeof(DbDataReader),
        typeof(DbProviderFactory),
    ];

    // Readers are decorated inside a recording only.
    private static IEnumerable<Type> OutsideBases => Bases.Where(type => type != typeof(DbDataReader));

    [Test]
    public void Every_virtual_member_reaches_the_provider_and_brings_its_answer_back([ValueSource(nameof(OutsideBases))] Type type)
        => Assert.Multiple(() => CallAll(type, comparesAnswers: true));

    [Test]
    public async Task Every_virtual_member_reaches_the_provider_inside_a_recording_too([ValueSource(nameof(Bases))] Type type)
    {
        await using TestRecorder recorder = await TestRecorder.StartAsync();
        recorder.Record(() => Assert.Multiple(() => CallAll(type, comparesAnswers: type == typeof(DbDataReader))));
        Assert.That(recorder.Faults, Is.Zero);
    }

    [Test]
    public void Batch_commands_are_the_providers_own()
    {
        var batch = (DbBatch)Decorate(typeof(DbBatch));
        Assert.That(batch.CreateBatchCommand(), Is.SameAs(ProviderCalls.AnswerOf(typeof(DbBatchCommand))));
        Assert.That(batch.BatchCommands, Is.SameAs(ProviderCalls.AnswerOf(typeof(DbBatchCommandCollection))));
    }

    private static void CallAll(Type type, bool comparesAnswers)
    {
        foreach (MethodInfo member in ProviderFake.Members(type).Where(member => !OwnMembers.Contains(member.Name)))
        {
            object decorated = Decorate(type);
            MethodInfo callable = member.IsGenericMethodDefinition ? member.MakeGenericMethod(typeof(int)) : member;
            object[] arguments = [.. callable.GetParameters().Select(parameter => Argument(parameter.ParameterType))];
            if (member.Name.StartsWith("remove_", StringComparison.Ordinal))
            {
                type.GetMethod(member.Name.Replace("remove_", "add_"))!.Invoke(decorated, arguments);
            }

            ProviderCalls.Clear();
            object? result = callable.Invoke(decorated, arguments);
            Assert.That(ProviderCalls.All, Does.Contain(member.ToString()), $"{type.Name}: {member}");
            if (comparesAnswers && member.ReturnType != typeof(void) && !IsDecorated(callable.ReturnType))
            {
                Assert.That(result, IsSame(callable.ReturnType), $"{type.Name}: {member}");
            }
        }
    }

    private static NUnit.Framework.Constraints.Constraint IsSame(Type type)
        => type.IsValueType ? Is.EqualTo(ProviderCalls.AnswerOf(type)) : Is.SameAs(ProviderCalls.AnswerOf(type));

    private static bool IsDecorated(Type type)
        => DecoratedTypes.Contains(type) || (type.IsGenericType && type.Name.StartsWith("ValueTask", StringComparison.Ordinal));

    private static object Argument(Type type)
        => type == typeof(StateChangeEventHandler) ? new StateChangeEventHandler((_, _) => { })
            : type == typeof(System.Transactions.Transaction) ? new System.Transactions.CommittableTransaction()
            : ProviderCalls.AnswerOf(type);

    private static object Decorate(Type type)
    {
        object fake = ProviderFake.Create(type);
        return fake switch
        {
            DbDataSource source => source.WithFlightRecorder(),
            DbConnection connection => connection.WithFlightRecorder(),
            DbCommand command => new RecordingCommand(command, Settings, null),
            DbBatch batch => new RecordingBatch(batch, Settings, null),
            DbTransaction transaction => new RecordingTransaction(transaction, Connection()),
            DbProviderFactory factory => RecordingProviderFactory.Over(factory, RecordingSettings.From(null)),
            DbDataReader reader => RecordingDataReader.Over(reader, Running()),
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
    }

    private static RecordingConnection Connection() => (RecordingConnection)((DbConnection)ProviderFake.Create(typeof(DbConnection))).WithFlightRecorder();

    private static Execution Running()
    {
        var command = new RecordingCommand((DbCommand)ProviderFake.Create(typeof(DbCommand)), Settings, null);
        return Execution.Begin(command, CommandBehavior.Default)!;
    }
}
