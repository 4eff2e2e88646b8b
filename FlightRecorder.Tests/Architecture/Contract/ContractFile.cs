using System.Text.RegularExpressions;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Architecture.Contract;

/// <summary>CONTRACT.md, read as tables: below a heading that names a type in backquotes, one row for each of its options.</summary>
internal static partial class ContractFile
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(SourceTree.Root, "FlightRecorder.Runtime", "CONTRACT.md"));

    public static string Text => string.Join('\n', Lines);

    /// <summary>The rows of the table below the type's heading, by their first cell.</summary>
    public static IReadOnlyDictionary<string, ContractRow> RowsOf(Type type)
    {
        IEnumerable<string> section = Lines.SkipWhile(line => !(line.StartsWith('#') && line.Contains('`' + type.Name + '`'))).Skip(1);
        return section.TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => new ContractRow([.. line.Trim('|', ' ').Split(" | ").Select(cell => cell.Trim())]))
            .ToDictionary(row => row.Name);
    }

    [GeneratedRegex("^`([^`]+)`")]
    internal static partial Regex FirstCode();

    [GeneratedRegex("^`([^`]+)` to `([^`]+)`$")]
    internal static partial Regex Bounds();
}

/// <summary>One option as the file states it: name, default, range and the rest.</summary>
internal sealed record ContractRow(string[] Cells)
{
    public string Name => Cells[0].Trim('`');

    public string Default => ContractFile.FirstCode().Match(Cells[1]).Groups[1].Value;

    /// <summary>The bounds of a range that is stated exactly, or null.</summary>
    public (string Least, string Most)? Range
        => ContractFile.Bounds().Match(Cells[2]) is { Success: true } found ? (found.Groups[1].Value, found.Groups[2].Value) : null;
}
