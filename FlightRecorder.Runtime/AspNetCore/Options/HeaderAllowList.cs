using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace FlightRecorder.AspNetCore;

/// <summary>The headers that may be stored, resolved once: names are looked up, so that a request costs one read per name and no enumeration.</summary>
internal sealed class HeaderAllowList
{
    private const string AccessControl = "access-control-";

    // The only ones that exist (Fetch standard): listing them saves enumerating all headers for the default prefix.
    private static readonly string[] AccessControlNames =
    [
        "access-control-allow-origin", "access-control-allow-credentials", "access-control-allow-headers", "access-control-allow-methods",
        "access-control-expose-headers", "access-control-max-age", "access-control-allow-private-network",
    ];

    private readonly string[] _names;
    private readonly Func<IHeaderDictionary, StringValues>[] _readers;
    private readonly string[] _prefixes;
    private readonly string[] _unlisted;
    private readonly Func<IHeaderDictionary, StringValues>[] _unlistedReaders;

    /// <param name="patterns">The names, or beginnings with <c>*</c>.</param>
    /// <param name="secret">Headers that hold secrets, whether listed or not.</param>
    public HeaderAllowList(IEnumerable<string> patterns, params string[] secret)
    {
        string[] all = [.. patterns.Select(pattern => pattern.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
        string[] prefixes = [.. all.Where(pattern => pattern.EndsWith('*')).Select(pattern => pattern[..^1])];
        IEnumerable<string> names = all.Where(pattern => !pattern.EndsWith('*'));
        _prefixes = [.. prefixes.Where(prefix => prefix != AccessControl)];
        _names = [.. names.Concat(prefixes.Contains(AccessControl) ? AccessControlNames : []).Distinct(StringComparer.Ordinal)];
        _readers = [.. _names.Select(KnownHeaders.ReaderOf)];
        _unlisted = [.. secret.Where(name => !IsListed(name))];
        _unlistedReaders = [.. _unlisted.Select(KnownHeaders.ReaderOf)];
    }

    /// <summary>Copies the secret headers that are not listed.</summary>
    public void CopyUnlisted(IHeaderDictionary headers, List<NameValues> to)
    {
        for (int i = 0; i < _unlistedReaders.Length; i++)
        {
            StringValues values = _unlistedReaders[i](headers);
            if (values.Count > 0)
            {
                to.Add(new NameValues(_unlisted[i], values));
            }
        }
    }

    public void Copy(IHeaderDictionary headers, List<NameValues> to)
    {
        for (int i = 0; i < _readers.Length; i++)
        {
            StringValues values = _readers[i](headers);
            if (values.Count > 0)
            {
                to.Add(new NameValues(_names[i], values));
            }
        }

        if (_prefixes.Length > 0)
        {
            CopyByPrefix(headers, to);
        }
    }

    private void CopyByPrefix(IHeaderDictionary headers, List<NameValues> to)
    {
        foreach ((string name, StringValues values) in headers)
        {
            if (HasPrefix(name) && !IsListed(name))
            {
                to.Add(new NameValues(name.ToLowerInvariant(), values));
            }
        }
    }

    private bool HasPrefix(string name)
    {
        foreach (string prefix in _prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsListed(string name)
    {
        foreach (string listed in _names)
        {
            if (string.Equals(listed, name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
