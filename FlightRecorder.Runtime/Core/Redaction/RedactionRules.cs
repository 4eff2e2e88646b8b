using System.Collections.Concurrent;
using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>All rules of one runtime, compiled: what the options say and what the generator found. Immutable but for its caches; another one is made when the options grow.</summary>
internal sealed class RedactionRules
{
    private static readonly object NoKey = new();
    private static readonly RedactionMap Everything = new RedactionMap("*", null).DefineWhole(RedactMode.Mask);

    private const int MaxHeaders = 256;

    private readonly ConcurrentDictionary<(object Map, object Path), CompiledMap> _compiled = new();
    private readonly ConcurrentDictionary<string, HeaderAnswer> _headers = new(StringComparer.Ordinal);
    private readonly HeaderAnswer?[] _usualHeaders = new HeaderAnswer?[64];
    private readonly RedactionPathNode?[] _paths = new RedactionPathNode?[(int)RedactionPlace.Form + 1];
    private readonly HashSet<string> _userNames = new(StringComparer.Ordinal);
    private readonly GeneratedAssembly[] _assemblies;
    private readonly RedactionOptions _options;
    private readonly MarkedNames _marked;
    private readonly IList<string> _names;
    private readonly int _nameCount;
    private CompiledMap? _namesOnly;

    private sealed record HeaderAnswer(string Name, bool IsHidden);

    public RedactionRules(RedactionOptions options, GeneratedAssembly[] assemblies)
    {
        _options = options;
        _assemblies = assemblies;
        _marked = new MarkedNames(assemblies);
        _names = options.Names;
        _nameCount = _names.Count;
        for (int i = 0; i < _nameCount; i++)
        {
            _userNames.Add(NameFold.Of(_names[i]));
        }

        foreach (string text in options.Paths)
        {
            AddPath(RedactionPath.Parse(text));
        }

        Replacement = System.Text.Encoding.UTF8.GetBytes(options.Replacement);
        HashKey = options.HashKey is null ? null : System.Text.Encoding.UTF8.GetBytes(options.HashKey);
    }

    /// <summary>What stands for a masked value, not escaped.</summary>
    public byte[] Replacement { get; }

    public string ReplacementText => _options.Replacement;

    public byte[]? HashKey { get; }

    public bool ScrubEchoes => _options.ScrubEchoes;

    /// <summary>The rules where only names speak: built-in ones and the user's.</summary>
    public CompiledMap NamesOnly => Compile(null, null);

    /// <summary>The rules where the type is unknown: every name marked anywhere applies.</summary>
    public CompiledMap Unknown => Compile(RedactionMap.Unknown, null);

    /// <summary>Hides whatever it is asked about: to collect the leaves of a hidden value.</summary>
    public CompiledMap All => Compile(Everything, null);

    /// <summary>Whether names were added, or assemblies loaded, since this was made.</summary>
    public bool IsStale => !ReferenceEquals(_options.Names, _names) || _names.Count != _nameCount || !ReferenceEquals(_assemblies, GeneratedCode.Assemblies);

    /// <summary>Refuses rules that cannot be kept: a hash without its key. Called at start, when the assemblies have registered.</summary>
    public static void Validate(RedactionOptions options, OptionChecks checks)
    {
        if (options.HashKey is null && new MarkedNames(GeneratedCode.Assemblies).FirstHashed is { } member)
        {
            checks.Fail("Redaction:HashKey", null, $"at least 16 bytes of UTF-8, since {member} is redacted by RedactMode.Hash");
        }
    }

    /// <summary>The rules of a body's root; null or unknown fails closed.</summary>
    public CompiledMap ForBody(RedactionMap? map) => For(map ?? RedactionMap.Unknown, RedactionPlace.Body);

    /// <summary>The rules of a row's columns; null or unknown fails closed.</summary>
    public CompiledMap ForRow(RedactionMap? map) => Compile(map ?? RedactionMap.Unknown, null);

    /// <summary>The rules of named values at a place beside the body; null is a handler without marked parameters.</summary>
    public CompiledMap For(RedactionMap? map, RedactionPlace place)
        => Compile(map, _paths[(int)place]);

    /// <summary>Whether a header's values are never shown. Remembered: the names come from allow-lists, which prefixes may leave open.</summary>
    public bool IsHiddenHeader(string name)
    {
        // Most names are those of an allow-list, the same objects each time.
        ref HeaderAnswer? usual = ref _usualHeaders[(name.Length + (name.Length == 0 ? 0 : name[^1])) % _usualHeaders.Length];
        if (usual is { } answer && ReferenceEquals(answer.Name, name))
        {
            return answer.IsHidden;
        }

        if (!_headers.TryGetValue(name, out HeaderAnswer? known))
        {
            usual = known = new HeaderAnswer(name, HeaderRules.IsHidden(For(null, RedactionPlace.Header), name));
            if (_headers.Count < MaxHeaders)
            {
                _headers.TryAdd(name, known);
            }
        }

        return known.IsHidden;
    }

    public CompiledMap Compile(RedactionMap? map, RedactionPathNode? path)
    {
        if (map is null && path is null)
        {
            // Asked for several times in each line.
            return _namesOnly ??= new CompiledMap(this, null, null);
        }

        if (map?.LastCompiled is { } last && last.Is(this, path))
        {
            return last;
        }

        (object, object) key = (map ?? NoKey, path ?? NoKey);
        CompiledMap compiled = _compiled.TryGetValue(key, out CompiledMap? known) ? known : _compiled.GetOrAdd(key, new CompiledMap(this, map, path));
        if (map is not null)
        {
            map.LastCompiled = compiled;
        }

        return compiled;
    }

    public bool IsUserName(ReadOnlySpan<char> folded) => _userNames.GetAlternateLookup<ReadOnlySpan<char>>().Contains(folded);

    public RedactMode? MarkedAnywhere(ReadOnlySpan<char> folded) => _marked.Find(folded);

    private void AddPath(RedactionPath? path)
    {
        if (path is null)
        {
            return;
        }

        (_paths[(int)path.Place] ??= new RedactionPathNode()).Add(path.Members);
    }
}
