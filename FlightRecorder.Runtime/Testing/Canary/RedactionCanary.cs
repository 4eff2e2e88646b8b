using FlightRecorder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlightRecorder;

/// <summary>
/// Proves that redaction leaks nothing: gives each marked member a unique token, and looks for the tokens in every recording,
/// prompt, journal file and log line, as they are and in the encodings that values travel in.
/// </summary>
/// <remarks>Marked are members with <see cref="RedactAttribute"/>, those of a marked type or under a marked member, and those whose name is a secret's unless <see cref="RevealAttribute"/> exempts them.</remarks>
public sealed class RedactionCanary : IDisposable
{
    private readonly RecordingProbe _probe;
    private readonly CanaryOptions _options;
    private readonly TokenMint _mint;
    private readonly DtoFiller _filler;
    private readonly List<CanaryToken> _tokens = [];
    private readonly List<UncarriedMember> _notCarried = [];
    private readonly LogCollector _log = new();
    private readonly LogTap? _tap;

    /// <summary>A canary that looks at what the probe's host stores and logs from now on.</summary>
    public RedactionCanary(RecordingProbe probe, CanaryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(probe);
        _probe = probe;
        _options = options ?? new CanaryOptions();
        _mint = new TokenMint(_options.Seed is { } seed ? new Random(seed) : new Random());
        IServiceProvider? services = (probe.Source as HostSource)?.Services;
        _filler = new DtoFiller(_mint, _options, new MarkedMembers(services?.GetService<FlightRecorderOptions>()?.Redaction.Names), _tokens, _notCarried);
        _tap = services?.GetService<ILoggerFactory>() is { } factory ? LogTap.On(factory) : null;
        _tap?.Add(_log);
    }

    /// <summary>The tokens handed out so far.</summary>
    public IReadOnlyList<CanaryToken> Tokens => _tokens;

    /// <summary>The marked members that could carry none.</summary>
    public IReadOnlyList<UncarriedMember> NotCarried => _notCarried;

    /// <summary>Fills a DTO, sends it, and looks for its tokens.</summary>
    /// <param name="probe">The probe whose client sends it.</param>
    /// <param name="send">Sends the filled object to the endpoint; more than one request is fine.</param>
    /// <param name="options">How to fill, and where to look.</param>
    public static async Task<CanaryReport> FlyAsync<T>(RecordingProbe probe, Func<T, Task> send, CanaryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(send);
        using var canary = new RedactionCanary(probe, options);
        await send(canary.Fill<T>());
        return await canary.CheckAsync();
    }

    /// <summary>Makes an object with a token in each marked member, at any depth, and a plain value in each other.</summary>
    /// <exception cref="InvalidOperationException">An object of the type cannot be made; pass one to <see cref="Fill{T}(T)"/>.</exception>
    public T Fill<T>() => _filler.Make<T>();

    /// <summary>Puts a token in each marked member of an object, at any depth, and leaves the rest as it is.</summary>
    /// <returns>The same object.</returns>
    public T Fill<T>(T template)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(template);
        _filler.Fill(template);
        return template;
    }

    /// <summary>A token for a place that is not in a DTO: a query or route value, a header, a cookie, a form field.</summary>
    /// <param name="name">What the report calls it.</param>
    public string Token(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Watch(name, _mint.Text(TokenMint.UsualLength));
    }

    /// <summary>Looks for a value of one's own as for a token.</summary>
    /// <param name="name">What the report calls it.</param>
    /// <param name="value">The value, at least 4 characters: shorter ones are promised to no one. It must be unique, or it is found where it belongs.</param>
    public string Watch(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentOutOfRangeException.ThrowIfLessThan(value.Length, 4, nameof(value));
        _tokens.Add(new CanaryToken(name, value));
        return value;
    }

    /// <summary>
    /// Waits for a recording of this test, and until the host has none under way, and looks for the tokens everywhere. Of an app in
    /// another process, wait for the recording of the last request before.
    /// </summary>
    public async Task<CanaryReport> CheckAsync(CancellationToken cancellationToken = default)
    {
        IReadOnlyList<Recording> recordings = await RecordedAsync(cancellationToken);
        var search = new SinkSearch(new LeakFinder(_tokens));
        await search.RecordingsAsync(_probe.Source.Reader, cancellationToken);
        search.Files(_probe.Source);
        if (_tap is not null)
        {
            search.Log(_log, _options.IgnoredLogCategories);
        }

        return new CanaryReport
        {
            Tokens = [.. _tokens],
            NotCarried = [.. _notCarried],
            Leaks = search.Leaks,
            Recordings = recordings.Count,
            Searched = search.Searched,
        };
    }

    /// <summary>As <see cref="CheckAsync"/>, and fails when a token was found or nothing was proved.</summary>
    /// <exception cref="CanaryLeakException">A token was found, there was none, or nothing was recorded.</exception>
    public async Task AssertNoLeakAsync(CancellationToken cancellationToken = default)
        => (await CheckAsync(cancellationToken)).ThrowIfLeaked();

    /// <summary>Stops reading the log.</summary>
    public void Dispose() => _tap?.Remove(_log);

    // Nothing recorded is a finding, and the report says so.
    private async Task<IReadOnlyList<Recording>> RecordedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _probe.AtLeastAsync(1, cancellationToken);
            await _probe.QuietAsync(cancellationToken);
            return await _probe.ListAsync(cancellationToken);
        }
        catch (RecordingProbeException)
        {
            return [];
        }
    }
}
