using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Generators.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace FlightRecorder.Tests.Generators.Parse;

internal sealed class SqlTableTests
{
    private const string Usings = "using System.Data; using System.Data.Common; using Dapper; ";

    [TestCase("""c.Execute("DELETE FROM stock")""")]
    [TestCase("""c.Execute(sql: "DELETE FROM stock")""")]
    [TestCase("""c.ExecuteAsync("DELETE FROM stock")""")]
    [TestCase("""c.ExecuteScalar<int>("DELETE FROM stock")""")]
    [TestCase("""c.ExecuteReader("DELETE FROM stock")""")]
    [TestCase("""c.Query("DELETE FROM stock")""")]
    [TestCase("""c.Query<int>("DELETE FROM stock", new { Id = 1 })""")]
    [TestCase("""c.QueryFirstOrDefaultAsync<int>("DELETE FROM stock")""")]
    [TestCase("""c.QueryMultiple("DELETE FROM stock")""")]
    [TestCase("""SqlMapper.Execute(c, "DELETE FROM stock")""")]
    [TestCase("""c.Execute(new CommandDefinition("DELETE FROM stock"))""")]
    [TestCase("""c.CreateCommand().CommandText = "DELETE FROM stock" """)]
    [TestCase("""new Npgsql.NpgsqlCommand { CommandText = "DELETE FROM stock" }""")]
    [TestCase("""new Npgsql.NpgsqlCommand("DELETE FROM stock")""")]
    [TestCase("""new Npgsql.NpgsqlBatchCommand("DELETE FROM stock")""")]
    [TestCase("""((Func<Npgsql.NpgsqlCommand>)(() => new("DELETE FROM stock")))()""")]
    [TestCase("""other.Execute("DELETE FROM stock")""")]
    [TestCase("""source.CreateCommand("DELETE FROM stock")""")]
    [TestCase("""db.Database.ExecuteSqlRaw("DELETE FROM stock")""")]
    [TestCase("""db.Database.ExecuteSqlRawAsync("DELETE FROM stock")""")]
    [TestCase("""db.Database.ExecuteSql($"DELETE FROM stock")""")]
    [TestCase("""db.Set<Thing>().FromSqlRaw("DELETE FROM stock")""")]
    [TestCase("""db.Database.SqlQueryRaw<int>("DELETE FROM stock")""")]
    [TestCase("c.Execute(\"DELETE \" + \"FROM stock\")")]
    [TestCase("c.Execute((\"DELETE FROM \") + (\"st\" + \"ock\"))")]
    [TestCase("c.Execute($\"DELETE FROM {\"stock\"}\")")]
    [TestCase("c?.Execute(\"DELETE FROM stock\")")]
    public void What_is_handed_to_a_database_is_in_the_table_with_its_line(string call)
    {
        ConstantSql sql = Table($"_ = {call};").Single();
        Assert.That(sql.Text.TrimEnd('\n'), Is.EqualTo("DELETE FROM stock"));
        Assert.That(sql.Location, Is.EqualTo("Shop/Code.cs:6"));
        Assert.That(sql.Statements.Single().Name, Is.EqualTo("stock"));
    }

    [TestCase("""Console.WriteLine("DELETE FROM stock")""")]
    [TestCase("""c.ConnectionString = "DELETE FROM stock" """)]
    [TestCase("""c.Execute("nothing of the kind")""")]
    [TestCase("""c.Execute("DELETE FROM " + other)""")]
    [TestCase("""c.Execute($"DELETE FROM {other}")""")]
    public void What_is_not_constant_or_not_SQL_or_goes_elsewhere_is_not(string call)
        => Assert.That(Table($"{call};"), Is.Empty);

    [TestCase("""var sql = "DELETE FROM stock"; c.Execute(sql);""")]
    [TestCase("""const string sql = "DELETE FROM stock"; c.Execute(sql);""")]
    [TestCase("c.Execute(Own);")]
    [TestCase("c.Execute(Things.Own);")]
    [TestCase("c.Execute(ReadOnly);")]
    public void A_name_that_is_used_once_leads_to_the_line_of_its_use(string code)
        => Assert.That(Table(code, "DELETE FROM stock").Location, Is.EqualTo("Shop/Code.cs:6"));

    [TestCase("""var sql = "DELETE FROM stock"; c.Execute(sql); c.Execute(sql);""")]
    [TestCase("""var sql = "DELETE FROM stock"; if (other is null) { sql = ""; } c.Execute(sql);""")]
    [TestCase("""const string sql = "DELETE FROM stock"; c.Execute(sql); Console.WriteLine(sql);""")]
    [TestCase("c.Execute(Own); Console.WriteLine(Own);")]
    [TestCase("c.Execute(Shared);")]
    [TestCase("c.Execute(Begin + \"stock\");")]
    [TestCase("""c.Execute("DELETE FROM stock"); c.Execute("DELETE FROM stock");""")]
    [TestCase("""c.Execute("DELETE FROM stock"); c.Query("DELETE " + "FROM stock");""")]
    [TestCase("""c.Execute("DELETE FROM stock"); Console.WriteLine("DELETE FROM stock");""")]
    [TestCase("""c.Execute("DELETE FROM stock"); c.Execute(Own);""")]
    public void A_text_that_may_come_from_several_places_has_no_location(string code)
        => Assert.That(Table(code, "DELETE FROM stock").Location, Is.Null);

    [Test]
    public void Placeholders_of_EF_Core_are_the_parameters_it_names()
    {
        ConstantSql[] table = Table("""
            db.Database.ExecuteSqlRaw("UPDATE stock SET qty = {1} WHERE id = {0} AND note <> '{{}}'", 1, 2);
            db.Database.ExecuteSqlInterpolated($"UPDATE shelf SET qty = {other} WHERE id = {1 + 1}");
            """);
        Assert.That(table.Select(sql => sql.Text), Is.EqualTo(new[]
        {
            "UPDATE shelf SET qty = @p0 WHERE id = @p1", "UPDATE stock SET qty = @p1 WHERE id = @p0 AND note <> '{}'",
        }));
        Assert.That(table[0].Columns, Is.EqualTo(new[] { "p0", "qty", "p1", "id" }));
    }

    [Test]
    public void A_constant_of_another_assembly_is_read_too()
    {
        CSharpCompilation compilation = Sources.Compile(
            Usings + """public class A { public void B(IDbConnection c) => c.Execute(Library.Texts.Clear); }""", "Uses", more: Sources.Library("namespace Library { public static class Texts { public const string Clear = \"TRUNCATE stock\"; } }"));
        Assert.That(GeneratorRun.Of(compilation).Compiles().File("FlightRecorder.Sql.g.cs"), Does.Contain("""new("TRUNCATE stock", null, new ConstantStatement("Truncate", "stock", 0..14)"""));
    }

    [Test]
    public void No_path_of_the_build_machine_is_in_the_table()
    {
        GeneratorRun run = GeneratorRun.Of(Sources.Compile(Usings + """public class A { public void B(IDbConnection c) => c.Execute("TRUNCATE stock"); }"""), "/elsewhere").Compiles();
        Assert.That(run.Text, Does.Contain("\"Code.cs:1\"").And.Not.Contain("/repo"));
    }

    [Test]
    public void An_edit_elsewhere_leaves_the_table_cached_and_one_of_the_text_does_not()
    {
        GeneratorRun run = GeneratorRun.Of(Usings + """public class A { public void B(IDbConnection c) => c.Execute("TRUNCATE stock"); }""");
        Caching.UnrelatedEditIsCached(run);
        Caching.RealEditIsModified(run);
        Assert.That(run.Outcomes().Select(outcome => outcome.Stage), Has.Member("SqlLiterals"));
    }

    private static ConstantSql Table(string code, string text) => Table(code).Single(sql => sql.Text == text);

    private static ConstantSql[] Table(string code) => LoadedAssembly.Of($$"""
        {{Usings}}public class Things
        {
            public async Task Run(IDbConnection c, DbDataSource source, DbContext db, Other other)
            {
                await Task.CompletedTask;
                {{code}}
            }

            {{(code.Contains("Own") ? "private const string Own = \"DELETE FROM stock\";" : "")}}
            {{(code.Contains("ReadOnly") ? "private static readonly string ReadOnly = \"DELETE FROM stock\";" : "")}}
            {{(code.Contains("Shared") ? "internal const string Shared = \"DELETE FROM stock\";" : "")}}
            internal const string Begin = "DELETE FROM ";
        }

        public class Thing { public int Id { get; set; } }
        public class Other { public string CommandText { get; set; } = ""; public int Execute(string text) => 0; }
        """).Registered?.Sql?.Invoke() ?? [];
}
