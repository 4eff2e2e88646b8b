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
    private readonly Func<IHeaderDictionary, StringValues>[] _usualReaders;
    private readonly bool _listsLength;

    /// <param name="patterns">The names, or beginnings with <c>*</c>.</param>
    /// <param name="secret">Headers that hold secrets, whether listed or not.</param>
    /// <param name="usual">Headers that nearly all messages have: who knows that there are no others has nothing left to look for.</param>
    public HeaderAllowList(IEnumerable<string> patterns, string[] secret, string[] usual)
    {
        string[] all = [.. patterns.Select(pattern => pattern.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
        string[] prefixes = [.. all.Where(pattern => pattern.EndsWith('*')).Select(pattern => pattern[..^1])];
        IEnumerable<string> names = all.Where(pattern => !pattern.EndsWith('*'));
        _prefixes = [.. prefixes.Where(prefix => prefix != AccessControl)];
        _names = [.. names.Concat(prefixes.Contains(AccessControl) ? AccessControlNames : []).Distinct(StringComparer.Ordinal)];
        _readers = [.. _names.Select(KnownHeaders.ReaderOf)];
        _unlisted = [.. secret.Where(name => !IsListed(name))];
        _unlistedReaders = [.. _unlisted.Select(KnownHeaders.ReaderOf)];
        _listsLength = IsListed("content-length") || HasPrefix("content-length");
        _usualReaders = [.. usual.Where(name => !IsListed(name) && !HasPrefix(name) && !secret.Contains(name)).Select(KnownHeaders.ReaderOf)];
    }

    /// <summary>Copies the headers that are listed, and those secret ones that are not.</summary>
    public void Copy(IHeaderDictionary headers, List<NameValues> to, List<NameValues> unlisted)
    {
        int left = headers.Count - CountUsual(headers);
        left -= Copy(headers, _readers, _names, left, to);
        Copy(headers, _unlistedReaders, _unlisted, left, unlisted);
        if (left > 0 && _prefixes.Length > 0)
        {
            CopyByPrefix(headers, to);
        }
    }

    private int CountUsual(IHeaderDictionary headers)
    {
        int count = headers.ContentLength is null || _listsLength ? 0 : 1;
        foreach (Func<IHeaderDictionary, StringValues> reader in _usualReaders)
        {
            count += reader(headers).Count > 0 ? 1 : 0;
        }

        return count;
    }

    // Until none is left that could be found: most names are not there.
    private static int Copy(IHeaderDictionary headers, Func<IHeaderDictionary, StringValues>[] readers, string[] names, int left, List<NameValues> to)
    {
        int found = 0;
        for (int i = 0; i < readers.Length && found < left; i++)
        {
            StringValues values = readers[i](headers);
            if (values.Count > 0)
            {
                to.Add(new NameValues(names[i], values));
                found++;
            }
        }

        return found;
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
