using System.Collections;
using System.ComponentModel;
using System.Data;
using System.Data.Common;
using FlightRecorder.AdoNet;
using FlightRecorder.Tests.AdoNet.Support;
using Npgsql;

namespace FlightRecorder.Tests.AdoNet.PassThrough;

/// <summary>What a decorated connection does inside a recording, held against the plain one.</summary>
public sealed class PassThroughTests : StockDatabase
{
    [Test]
    public void Several_results_come_as_over_the_plain_connection()
        => Same("SELECT id FROM stock ORDER BY id; SELECT name, qty FROM stock ORDER BY id; UPDATE stock SET note = 'x' WHERE id = 3; SELECT 5", command =>
        {
            using DbDataReader reader = command.ExecuteReader();
            var seen = new List<object>();
            do
            {
                seen.Add($"{reader.FieldCount} {reader.HasRows} {reader.Depth}");
                while (reader.Read())
                {
                    var row = new object[reader.FieldCount];
                    seen.Add($"{reader.GetValues(row)}: {string.Join(',', row)}");
                }
            }
            while (reader.NextResult());

            seen.Add(reader.RecordsAffected);
            return seen;
        });

    [Test]
    public async Task Long_values_stream_as_over_the_plain_connection()
    {
        const string sql = "SELECT repeat('a', 300000), decode(repeat('ab', 200000), 'hex'), NULL::text";
        string plain = "";
        string decorated = "";
        await using (DbCommand command = Plain.CreateCommand(sql))
        {
            plain = await StreamAsync(command);
        }

        Taken taken = await Recorder.RecordAsync(async () =>
        {
            await using DbCommand command = Decorated.CreateCommand(sql);
            decorated = await StreamAsync(command);
        });
        Assert.That(decorated, Is.EqualTo(plain));
        Assert.That(decorated, Does.StartWith("300000 200000 True"));
        Assert.That(taken.Commands.Single().Rows, Is.EqualTo(1));
    }

    [Test]
    public void A_cancelled_token_cancels_the_command_with_the_providers_exception()
    {
        Exception? thrown = null;
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.OpenConnection();
            using DbCommand command = Command(connection, "SELECT pg_sleep(30)");
            using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
            Task<object?> running = command.ExecuteScalarAsync(cancellation.Token);
            thrown = Assert.CatchAsync<OperationCanceledException>(() => running);
            Assert.That(running.IsCanceled, Is.True);
            Assert.That(connection.State, Is.EqualTo(ConnectionState.Open));
        });
        Assert.That(thrown!.InnerException, Is.InstanceOf<PostgresException>());
        Assert.That(taken.Commands.Single().Error, Is.EqualTo(thrown.Message));
    }

    [Test]
    public void Cancel_reaches_the_server()
    {
        Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.OpenConnection();
            using DbCommand command = Command(connection, "SELECT pg_sleep(30)");
            Task<object?> running = command.ExecuteScalarAsync();
            while (!running.IsCompleted)
            {
                command.Cancel();
                Task.WaitAny([running], 50);
            }

            Assert.That(Assert.CatchAsync<OperationCanceledException>(() => running)!.InnerException, Has.Property("SqlState").EqualTo("57014"));
        });
    }

    [Test]
    public void The_schema_table_is_the_providers()
        => Same("SELECT id, name FROM stock", command =>
        {
            using DbDataReader reader = command.ExecuteReader(CommandBehavior.KeyInfo | CommandBehavior.SchemaOnly);
            DataTable schema = reader.GetSchemaTable()!;
            return schema.Rows.Cast<DataRow>().Select(row => string.Join('|', row.ItemArray.Select(item => item?.ToString()))).ToList<object>();
        });

    [Test]
    public void The_column_schema_is_the_providers()
        => Same("SELECT id, name FROM stock", command =>
        {
            using DbDataReader reader = command.ExecuteReader(CommandBehavior.KeyInfo);
            Assert.That(reader.CanGetColumnSchema(), Is.True);
            return reader.GetColumnSchema().Select(column => $"{column.GetType().Name} {column.ColumnName} {column.DataTypeName} {column.IsKey}").ToList<object>();
        });

    [Test]
    public void Asking_for_the_schema_of_a_write_is_no_mutation()
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbCommand command = Decorated.CreateCommand("DELETE FROM stock RETURNING id");
            command.ExecuteReader(CommandBehavior.SchemaOnly).Dispose();
        });
        Assert.That(taken.Mutations, Is.Empty);
        Assert.That(Quantity(1), Is.EqualTo(10));
    }

    [Test]
    public async Task Closing_the_reader_closes_the_connection_when_asked_to([Values] bool isAsync, [Values] bool isRecorded)
    {
        await using DbConnection connection = await Decorated.OpenConnectionAsync();
        async Task Work()
        {
            DbDataReader reader = await Command(connection, "SELECT 1").ExecuteReaderAsync(CommandBehavior.CloseConnection);
            Assert.That(connection.State & ConnectionState.Open, Is.EqualTo(ConnectionState.Open));
            if (isAsync)
            {
                await reader.CloseAsync();
            }
            else
            {
                reader.Close();
            }

            Assert.That(reader.IsClosed, Is.True);
        }

        await (isRecorded ? Recorder.RecordAsync(Work) : Work());
        Assert.That(connection.State, Is.EqualTo(ConnectionState.Closed));
    }

    [Test]
    public void A_command_takes_decorated_and_plain_connections_and_gives_back_what_it_was_given()
    {
        Recorder.Record(() =>
        {
            using DbConnection decorated = Decorated.OpenConnection();
            using DbConnection plain = Plain.OpenConnection();
            using DbCommand command = Command(decorated, "SELECT 1");
            Assert.That(command.Connection, Is.SameAs(decorated));
            command.Connection = plain;
            Assert.That(command.Connection, Is.SameAs(plain));
            Assert.That(command.ExecuteScalar(), Is.EqualTo(1));
            command.Connection = decorated;
            using DbTransaction transaction = decorated.BeginTransaction();
            command.Transaction = transaction;
            Assert.That(command.Transaction, Is.SameAs(transaction));
            Assert.That(transaction.Connection, Is.SameAs(decorated));
            Assert.That(command.ExecuteScalar(), Is.EqualTo(1));
            command.Transaction = null;
            command.Connection = null;
            Assert.That(command.Connection, Is.Null);
            Assert.That(command.Transaction, Is.Null);
            Assert.Throws<InvalidOperationException>(() => command.ExecuteScalar());
        });
    }

    [Test]
    public void A_command_that_the_provider_hands_out_again_is_as_new()
    {
        using DbConnection connection = Decorated.OpenConnection();
        object provider;
        using (DbTransaction transaction = connection.BeginTransaction())
        using (DbCommand first = Command(connection, "SELECT @p"))
        {
            first.Transaction = transaction;
            first.Parameters.Add(new NpgsqlParameter<int>("p", 7));
            Assert.That(first.ExecuteScalar(), Is.EqualTo(7));
            provider = ((RecordingCommand)first).Inner;
        }

        using DbCommand again = connection.CreateCommand();
        using DbCommand other = Command(connection, "SELECT 2");
        Assert.That(((RecordingCommand)again).Inner, Is.SameAs(provider));
        Assert.That((again.CommandText, again.Parameters.Count, again.Transaction), Is.EqualTo(("", 0, (DbTransaction?)null)));
        Assert.That(again.Connection, Is.SameAs(connection));
        Assert.That(other, Is.Not.SameAs(again));
        again.CommandText = "SELECT 1";
        Assert.That((again.ExecuteScalar(), other.ExecuteScalar()), Is.EqualTo((1, 2)));
    }

    [Test]
    public void The_providers_own_connection_is_at_hand()
    {
        using DbConnection decorated = Decorated.OpenConnection();
        using DbConnection plain = Plain.OpenConnection();
        Assert.That(decorated.Unwrap(), Is.InstanceOf<NpgsqlConnection>());
        Assert.That(plain.Unwrap(), Is.SameAs(plain));
        Assert.That(plain.WithFlightRecorder().Unwrap(), Is.SameAs(plain));
        Assert.That(decorated.WithFlightRecorder(), Is.SameAs(decorated));
        Assert.That(Decorated.WithFlightRecorder(), Is.SameAs(Decorated));
    }

    [Test]
    public void Parameters_are_the_providers_own()
    {
        using DbCommand command = Decorated.CreateCommand("SELECT @p");
        Assert.That(command.CreateParameter(), Is.InstanceOf<NpgsqlParameter>());
        command.Parameters.Add(new NpgsqlParameter<int>("p", 7));
        Assert.That(command.ExecuteScalar(), Is.EqualTo(7));
    }

    [Test]
    public void State_changes_are_raised_with_the_decorated_connection_as_sender()
    {
        using DbConnection connection = Decorated.CreateConnection();
        var seen = new List<string>();
        void Note(object sender, StateChangeEventArgs change)
        {
            Assert.That(sender, Is.SameAs(connection));
            seen.Add($"{change.OriginalState} {change.CurrentState}");
        }

        connection.StateChange += Note;
        connection.StateChange += Note;
        connection.StateChange -= Note;
        connection.Open();
        connection.Close();
        connection.StateChange -= Note;
        connection.Open();
        Assert.That(seen, Is.EqualTo(new[] { "Closed Open", "Open Closed" }));
    }

    [Test]
    public void The_database_can_be_changed()
    {
        using DbConnection connection = Decorated.OpenConnection();
        connection.ChangeDatabase("postgres");
        Assert.That(connection.Database, Is.EqualTo("postgres"));
        Assert.That(Command(connection, "SELECT current_database()").ExecuteScalar(), Is.EqualTo("postgres"));
    }

    [Test]
    public void A_reader_can_be_enumerated_and_its_rows_count()
    {
        var ids = new List<object>();
        Taken taken = Recorder.Record(() =>
        {
            using DbDataReader reader = Decorated.CreateCommand("SELECT id FROM stock ORDER BY id").ExecuteReader();
            foreach (IDataRecord row in (IEnumerable)reader)
            {
                ids.Add(row[0]);
            }
        });
        Assert.That(ids, Is.EqualTo(new object[] { 1, 2, 3 }));
        Assert.That(taken.Commands.Single().Rows, Is.EqualTo(3));
    }

    [Test]
    public void A_data_adapter_of_the_connections_factory_fills_a_table()
    {
        using DbConnection connection = Decorated.OpenConnection();
        DbProviderFactory factory = DbProviderFactories.GetFactory(connection)!;
        using DbDataAdapter adapter = factory.CreateDataAdapter()!;
        using DbCommand command = factory.CreateCommand()!;
        command.CommandText = "SELECT id, name FROM stock ORDER BY id";
        command.Connection = connection;
        adapter.SelectCommand = command;
        var table = new DataTable();
        Assert.That(adapter.Fill(table), Is.EqualTo(3));
        Assert.That(factory, Is.SameAs(DbProviderFactories.GetFactory(Decorated.CreateConnection())));
    }

    [Test]
    public void An_exception_is_the_providers_own_object()
    {
        var inner = new ThrowingCommand();
        Exception? thrown = null;
        Taken taken = Recorder.Record(() => thrown = Assert.Catch(() => new RecordingCommand(inner, RecordingSettings.From(null), null).ExecuteNonQuery()));
        Assert.That(thrown, Is.SameAs(inner.Error));
        Assert.That(taken.Commands.Single().Error, Is.EqualTo("refused"));
    }

    [Test]
    public void Disposed_is_raised_where_the_providers_component_raises_it()
    {
        int raised = 0;
        Component plain = Plain.CreateCommand("SELECT 1");
        plain.Disposed += (_, _) => raised++;
        plain.Dispose();
        int expected = raised;
        Component decorated = Decorated.CreateCommand("SELECT 1");
        decorated.Disposed += (_, _) => raised++;
        decorated.Dispose();
        Assert.That(raised - expected, Is.EqualTo(expected));
    }

    private static DbCommand Command(DbConnection connection, string sql)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static async Task<string> StreamAsync(DbCommand command)
    {
        await using DbDataReader reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess);
        await reader.ReadAsync();
        int characters = 0;
        using (TextReader text = reader.GetTextReader(0))
        {
            characters = (await text.ReadToEndAsync()).Length;
        }

        var bytes = new MemoryStream();
        await using (Stream stream = reader.GetStream(1))
        {
            await stream.CopyToAsync(bytes);
        }

        return $"{characters} {bytes.Length} {await reader.IsDBNullAsync(2)} {await reader.ReadAsync()} {await reader.NextResultAsync()}";
    }

    private void Same(string sql, Func<DbCommand, List<object>> read)
    {
        List<object> decorated = [];
        using DbCommand plain = Plain.CreateCommand(sql);
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.OpenConnection();
            using DbCommand command = Command(connection, sql);
            decorated = read(command);
        });
        Assert.That(decorated, Is.EqualTo(read(plain)));
        Assert.That(decorated, Is.Not.Empty);
        Assert.That(taken.Commands, Has.Length.EqualTo(1));
    }
}
