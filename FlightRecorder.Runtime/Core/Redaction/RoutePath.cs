using System.Text;

namespace FlightRecorder;

/// <summary>Rebuilds a request's path without its hidden route values.</summary>
internal static class RoutePath
{
    /// <summary>The path to write: as it was when nothing in it is hidden; with the replacement where the template shows the place; else the template.</summary>
    public static string Rebuild(string path, string? template, List<NameValues> values, CompiledMap names, string replacement)
    {
        if (!AnyHidden(values, names))
        {
            return path;
        }

        if (template is null)
        {
            return replacement;
        }

        ReadOnlySpan<char> shape = template.AsSpan().Trim('/');
        ReadOnlySpan<char> actual = path.AsSpan().Trim('/');
        return TryRebuild(shape, actual, names, replacement) ?? "/" + shape.ToString();
    }

    private static bool AnyHidden(List<NameValues> values, CompiledMap names)
    {
        foreach (NameValues value in values)
        {
            if (names.Find(value.Name).IsHidden)
            {
                return true;
            }
        }

        return false;
    }

    private static string? TryRebuild(ReadOnlySpan<char> shape, ReadOnlySpan<char> actual, CompiledMap names, string replacement)
    {
        var result = new StringBuilder();
        while (!shape.IsEmpty || !actual.IsEmpty)
        {
            ReadOnlySpan<char> expected = NextSegment(ref shape);
            ReadOnlySpan<char> segment = NextSegment(ref actual);
            if (!TryAppend(result.Append('/'), expected, segment, names, replacement))
            {
                return null;
            }
        }

        return result.ToString();
    }

    // {id}, {id:int}, {id?}, {id=5}; anything more complex is not told apart here.
    private static bool TryAppend(StringBuilder result, ReadOnlySpan<char> expected, ReadOnlySpan<char> segment, CompiledMap names, string replacement)
    {
        if (expected.IsEmpty || segment.IsEmpty)
        {
            return false;
        }

        if (expected.Equals(segment, StringComparison.OrdinalIgnoreCase) && !expected.Contains('{'))
        {
            result.Append(segment);
            return true;
        }

        if (expected[0] != '{' || expected[^1] != '}' || expected[1..].Contains('{') || expected.StartsWith("{*"))
        {
            return false;
        }

        ReadOnlySpan<char> name = expected[1..^1];
        int end = name.IndexOfAny(":?=");
        name = end < 0 ? name : name[..end];
        result.Append(names.Find(name).IsHidden ? replacement : segment);
        return true;
    }

    private static ReadOnlySpan<char> NextSegment(ref ReadOnlySpan<char> rest)
    {
        int slash = rest.IndexOf('/');
        ReadOnlySpan<char> segment = slash < 0 ? rest : rest[..slash];
        rest = slash < 0 ? [] : rest[(slash + 1)..];
        return segment;
    }
}
