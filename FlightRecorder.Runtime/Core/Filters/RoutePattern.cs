using System.Text.RegularExpressions;

namespace FlightRecorder;

/// <summary>A pattern over request paths: a glob, an exact path (a glob without wildcards), or a regular expression.</summary>
public readonly struct RoutePattern
{
    private readonly string? _glob;
    private readonly Regex? _regex;

    /// <summary>A glob: <c>*</c> is one segment or a part of one, <c>**</c> any number of segments.</summary>
    public RoutePattern(string glob)
    {
        ArgumentException.ThrowIfNullOrEmpty(glob);
        _glob = glob;
    }

    /// <summary>A regular expression; it must be made with <see cref="RegexOptions.NonBacktracking"/>, since paths come from strangers.</summary>
    /// <exception cref="FlightRecorderConfigurationException">The expression backtracks.</exception>
    public RoutePattern(Regex regex)
    {
        ArgumentNullException.ThrowIfNull(regex);
        if (!regex.Options.HasFlag(RegexOptions.NonBacktracking))
        {
            throw new FlightRecorderConfigurationException(
                $"RecordFilter.Routes: the expression \"{regex}\" can backtrack without bound; allowed: expressions made with RegexOptions.NonBacktracking.");
        }

        _regex = regex;
    }

    /// <summary>A glob or an exact path.</summary>
    public static implicit operator RoutePattern(string glob) => new(glob);

    /// <summary>A non-backtracking regular expression.</summary>
    public static implicit operator RoutePattern(Regex regex) => new(regex);

    /// <summary>Whether the path matches; a default pattern matches nothing.</summary>
    public bool IsMatch(string path) => _regex?.IsMatch(path) ?? (_glob is not null && RouteGlob.IsMatch(_glob, path));
}
