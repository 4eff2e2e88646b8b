using FlightRecorder.CompilerServices;
using Microsoft.Extensions.Primitives;

namespace FlightRecorder;

/// <summary>Walks a recording before it is written and collects what its rules hide; bodies are collected where they are redacted.</summary>
internal sealed class SecretCollector(SecretSet secrets, JsonRedactor redactor)
{
    private readonly TextCollector _texts = new(secrets);
    private readonly LineBuffer _text = new(256);
    private readonly LineBuffer _ignored = new(256);
    private RedactionRules _rules = null!;

    public void Collect(ActiveRecording recording, RedactionRules rules)
    {
        _rules = _texts.Rules = rules;
        RedactionMap? parameters = ParameterMap.Of(recording);
        Collect(recording.Query, rules.For(parameters, RedactionPlace.Query));
        Collect(recording.Params, rules.For(parameters, RedactionPlace.Params));
        CollectActor(recording.Actor);
        CompiledMap? marked = ParameterMap.OfHeaders(recording, rules);
        CollectHeaders(recording.RequestHeaders, marked);
        CollectHeaders(recording.ResponseHeaders, null);
        CollectUnlisted(recording.UnlistedHeaders);
        CollectTimeline(recording.Timeline);
        CollectMutations(recording.Mutations);
        foreach (ref readonly ErrorEntry error in recording.Errors)
        {
            _texts.Collect(error.Exception);
        }

        _texts.Collect(recording.Path);
        _texts.Collect(recording.RequestId);
    }

    /// <summary>What a redacted body still holds.</summary>
    public void Collect(BodyContent body) => _texts.Collect(body);

    public void Clear()
    {
        _texts.Clear();
        _text.Wipe();
        _ignored.Wipe();
    }

    private void Collect(List<NameValues> values, CompiledMap map)
    {
        foreach (NameValues value in values)
        {
            Collect(value.Values, map.Find(value.Name).IsHidden);
        }
    }

    private void Collect(StringValues values, bool hidden)
    {
        foreach (string? value in values)
        {
            Collect(value, hidden);
        }
    }

    private void Collect(string? value, bool hidden)
    {
        if (hidden)
        {
            secrets.Add(value.AsSpan());
        }
        else
        {
            _texts.Collect(value);
        }
    }

    private void CollectActor(RequestActor? actor)
    {
        _texts.Collect(actor?.Id);
        if (actor?.Extra is not { Count: > 0 } extra)
        {
            return;
        }

        foreach ((string name, string value) in extra)
        {
            Collect(value, _rules.NamesOnly.Find(name).IsHidden);
        }
    }

    private void CollectHeaders(List<NameValues> headers, CompiledMap? marked)
    {
        foreach (NameValues header in headers)
        {
            bool hidden = _rules.IsHiddenHeader(header.Name);
            foreach (string? value in header.Values)
            {
                if (hidden)
                {
                    HeaderRules.Collect(header.Name, value ?? "", secrets);
                }
                else if (marked is not null && marked.Find(header.Name).IsHidden)
                {
                    secrets.Add(value.AsSpan());
                }
                else if (!ContentTypes.IsUsual(value))
                {
                    _texts.Collect(value, TextNotation.Equals, isValue: true);
                }
            }
        }
    }

    private void CollectUnlisted(List<NameValues> headers)
    {
        foreach (NameValues header in headers)
        {
            foreach (string? value in header.Values)
            {
                HeaderRules.Collect(header.Name, value ?? "", secrets, HeaderRules.ShortestUnlistedCookie);
            }
        }
    }

    private void CollectTimeline(ReadOnlySpan<TimelineEntry> timeline)
    {
        foreach (ref readonly TimelineEntry entry in timeline)
        {
            _texts.Collect(entry.Detail, TextNotation.Equals);
            _texts.Collect(entry.Sql, TextNotation.SqlLiteral);
            _texts.Collect(entry.Error, TextNotation.Equals);
            CollectParameters(entry.Parameters);
            if (entry.Data is not null)
            {
                Collect(entry.Data, MarkRule.Of(entry, _rules));
            }
        }
    }

    private void CollectMutations(ReadOnlySpan<MutationEntry> mutations)
    {
        for (int i = 0; i < mutations.Length; i++)
        {
            secrets.Owner = i;
            CompiledMap map = _rules.ForRow(mutations[i].Map);
            _texts.Collect(mutations[i].Where, TextNotation.SqlLiteral);
            _texts.Collect(mutations[i].Sql, TextNotation.SqlLiteral);
            CollectRow(mutations[i].Key, map);
            CollectRows(mutations[i].Before, map);
            CollectRows(mutations[i].After, map);
            CollectParameters(mutations[i].Parameters);
        }

        secrets.Owner = -1;
    }

    private void CollectRows(NamedValue[][]? rows, CompiledMap map)
    {
        foreach (NamedValue[] row in rows ?? [])
        {
            CollectRow(row, map);
        }
    }

    private void CollectRow(NamedValue[]? row, CompiledMap map)
    {
        foreach (NamedValue column in row ?? [])
        {
            Collect(column.Value, map.Find(column.Name));
        }
    }

    private void CollectParameters(NamedValue[]? parameters)
    {
        foreach (NamedValue parameter in parameters ?? [])
        {
            Collect(parameter.Value, SqlParameterName.Find(_rules.Unknown, parameter));
        }
    }

    private void Collect(object? value, MemberAction action)
    {
        if (value is JsonFragment json)
        {
            _ignored.Clear();
            if (redactor.Redact(json.Utf8, action.IsHidden ? _rules.All : action.Next, mayBeCut: false, _rules, _ignored, secrets) == JsonPass.Complete
                && SecretShapes.MayBeIn(_ignored.Written))
            {
                _texts.CollectJson(_ignored.Written);
            }
        }
        else if (action.IsHidden)
        {
            _text.Clear();
            if (ScalarText.Append(value, _text) is ScalarKind.Text or ScalarKind.Number)
            {
                AddHidden(isCut: value is CutText);
            }
        }
        else if (value is string or CutText)
        {
            _texts.Collect(value as string ?? ((CutText)value).Text);
        }
        else if (value is long or ulong or decimal)
        {
            CollectNumber(value);
        }
    }

    private void AddHidden(bool isCut)
    {
        if (isCut)
        {
            secrets.AddCut(_text.Written);
        }
        else
        {
            secrets.Add(_text.Written);
        }
    }

    // Others have fewer digits than any card, or are no whole numbers.
    private void CollectNumber(object value)
    {
        _text.Clear();
        ScalarText.Append(value, _text);
        if (_text.Length >= DigitRuns.Shortest)
        {
            CardShape.Collect(_text.Written, secrets);
        }
    }
}
