using System.Diagnostics;
using System.Text.Json;
using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Generators.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace FlightRecorder.Tests.Generators.Parse;

/// <summary>What the generator writes down of the corpus must be what the runtime reads of it, to the last property.</summary>
internal sealed class SqlCorpusTests
{
    private static readonly string[] Texts = [.. Read("reads.txt"), .. Read("writes.txt"), .. Read("control.txt"), .. Read("broken.txt"), .. Read("other-dialects.txt")];

    [Test]
    public void The_table_holds_what_the_runtime_reads()
    {
        ConstantSql[] table = LoadedAssembly.Of($$"""
            using System.Data; using Dapper;
            public class A
            {
                public void B(IDbConnection c)
                {
                    {{string.Join("\n", Texts.Select(text => $"c.Execute({SymbolDisplay.FormatLiteral(text, quote: true)});"))}}
                }
            }
            """).Registered!.Sql!();
        Assert.That(table, Has.Length.GreaterThan(300));
        foreach (ConstantSql constant in table)
        {
            Assert.That(Facts(SqlText.Of(constant, null)), Is.EqualTo(Facts(SqlText.Read(constant.Text))), constant.Text);
        }
    }

    [Test, Explicit("Prints what making the table costs at the first look-up, and what reading the texts would.")]
    public void Cost()
    {
        LoadedAssembly loaded = LoadedAssembly.Of($$"""
            using System.Data; using Dapper;
            public class A
            {
                public void B(IDbConnection c)
                {
                    {{string.Join("\n", Enumerable.Range(0, 1000).Select(i => $"c.Execute(\"UPDATE stock_{i} SET qty = qty - @n, note = @note WHERE id = @id AND qty >= @n RETURNING qty\");"))}}
                }
            }
            """);
        long start = Stopwatch.GetTimestamp();
        ConstantSql[] table = loaded.Generated.Sql!();
        double first = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        start = Stopwatch.GetTimestamp();
        loaded.Generated.Sql!();
        double again = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        SqlText.Read(table[0].Text);
        start = Stopwatch.GetTimestamp();
        foreach (ConstantSql constant in table)
        {
            _ = SqlText.Read(constant.Text).Columns;
        }

        double reading = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        start = Stopwatch.GetTimestamp();
        foreach (ConstantSql constant in table)
        {
            _ = SqlText.Of(constant, null).Columns;
        }

        TestContext.Out.WriteLine($"{table.Length} texts: {first:0} us the first time, {again:0} us compiled; {Stopwatch.GetElapsedTime(start).TotalMicroseconds:0} us taken over, {reading:0} us read");
    }

    private static string Facts(SqlText text)
    {
        object[] facts = [text.Statements, text.Steps, text.Columns.OrderBy(pair => pair.Key, StringComparer.Ordinal), text.ChangesRows, text.ControlsTransaction, text.Calls];
        return JsonSerializer.Serialize(facts);
    }

    // One text, or one and its answer behind an arrow, which may take several lines.
    private static IEnumerable<string> Read(string file)
    {
        string[] lines = [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Sql", "Corpus", file)).Where(line => line.Length > 0 && !line.StartsWith("##", StringComparison.Ordinal))];
        return lines.Any(line => line.Contains('⇒')) ? Entries(lines) : lines;
    }

    private static IEnumerable<string> Entries(string[] lines)
    {
        List<string> entry = [];
        foreach (string line in lines)
        {
            entry.Add(line.Split('⇒')[0].TrimEnd(' '));
            if (line.Contains('⇒'))
            {
                yield return string.Join('\n', entry);
                entry.Clear();
            }
        }
    }
}
