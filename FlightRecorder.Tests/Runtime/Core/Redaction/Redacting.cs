using System.Text;
using FlightRecorder.CompilerServices;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>Runs the JSON redactor over raw strings.</summary>
internal sealed class Redacting
{
    public const string Masked = "\"[REDACTED]\"";

    private readonly JsonRedactor _redactor = new();
    private readonly LineBuffer _output = new();

    // Kept, so that what the rules remember of earlier inputs is tried on later ones.
    private RedactionRules? _rules;

    public RedactionOptions Options { get; } = new();

    public RedactionMap? Map { get; set; } = new RedactionMap("Dto", null).Define();

    public GeneratedAssembly[] Assemblies { get; set; } = [];

    public SecretSet Secrets { get; } = new();

    public static string Redact(string json, RedactionMap? map = null) => new Redacting { Map = map ?? new RedactionMap("Dto", null) }.Run(json);

    public static string RedactHidden(string member, RedactMode mode, string json, string? hashKey = null)
    {
        var redacting = new Redacting { Map = new RedactionMap("Dto", null).Define(MemberRule.Hidden(member, mode)) };
        redacting.Options.HashKey = hashKey;
        return redacting.Run(json);
    }

    /// <summary>The redacted JSON, or the word for why there is none.</summary>
    public string Run(string json) => Run(Encoding.UTF8.GetBytes(json));

    public string Run(ReadOnlySpan<byte> json, bool mayBeCut = false)
    {
        JsonPass pass = Pass(json, mayBeCut);
        return pass == JsonPass.Invalid ? "(invalid)" : Encoding.UTF8.GetString(_output.Written);
    }

    public JsonPass Pass(ReadOnlySpan<byte> json, bool mayBeCut = false)
    {
        RedactionRules rules = _rules ??= new RedactionRules(Options, Assemblies);
        _output.Clear();
        Secrets.Clear();
        return _redactor.Redact(json, rules.ForBody(Map), mayBeCut, rules, _output, Secrets);
    }

    public string[] SecretTexts()
        => [.. Enumerable.Range(0, Secrets.Count).Select(index => Encoding.UTF8.GetString(Secrets[index]))];
}
