using System.Text;

namespace FlightRecorder.PostgreSql;

/// <summary>A schema's name; the only place where a name becomes part of SQL text.</summary>
internal sealed class SchemaName
{
    public const string Placeholder = "{schema}";

    // NAMEDATALEN - 1: the server would cut a longer name, and meet another schema.
    private const int MaxBytes = 63;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _quoted;

    private SchemaName(string name)
    {
        Name = name;
        _quoted = '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }

    public string Name { get; }

    /// <exception cref="ArgumentException">It cannot be the name of a schema.</exception>
    public static SchemaName Of(string name)
        => Fault(name) is { } allowed ? throw new ArgumentException($"The schema name is \"{name}\"; allowed: {allowed}.", nameof(name)) : new SchemaName(name);

    /// <summary>What would be allowed instead, or null for a name that may be used.</summary>
    public static string? Fault(string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Contains('\0', StringComparison.Ordinal))
        {
            return "a name without NUL, 1 to 63 bytes of UTF-8";
        }

        try
        {
            return s_strict.GetByteCount(name) > MaxBytes ? "1 to 63 bytes of UTF-8" : null;
        }
        catch (EncoderFallbackException)
        {
            return "a name without half a surrogate pair";
        }
    }

    /// <summary>The statement for this schema: each <c>{schema}</c> becomes the quoted name.</summary>
    public string Apply(Sql sql) => sql.Template.Replace(Placeholder, _quoted, StringComparison.Ordinal);

    public override string ToString() => Name;
}
