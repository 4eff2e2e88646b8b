using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>What every slot of an endpoint's requests begins with, encoded once.</summary>
internal sealed class SlotEndpoint
{
    private readonly string? _route;
    private readonly RedactionMap? _parameters;
    private SlotPath? _path;

    /// <param name="name">The handler.</param>
    /// <param name="location">Its file and line, or null.</param>
    /// <param name="route">The route's template, or null.</param>
    /// <param name="parameters">The redaction of route values, as in <see cref="ParameterMap"/>.</param>
    public SlotEndpoint(string? name, string? location, string? route, RedactionMap? parameters)
    {
        _route = route;
        _parameters = parameters;
        Span<byte> text = stackalloc byte[SlotLayout.MaxEndpoint];
        Text = text[..SlotText.Write(text, name, location, route)].ToArray();
        HasPath = route?.Contains('{') == true;
    }

    public byte[] Text { get; }

    /// <summary>Whether requests differ in their path.</summary>
    public bool HasPath { get; }

    /// <summary>How paths are written under these rules, which may have grown since the last request.</summary>
    public SlotPath PathUnder(RedactionRules rules)
    {
        SlotPath? path = _path;
        if (path is null || !ReferenceEquals(path.Rules, rules))
        {
            _path = path = new SlotPath(_route ?? "", _parameters, rules);
        }

        return path;
    }
}
