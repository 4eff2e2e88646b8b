using FlightRecorder.CompilerServices;
using Microsoft.Extensions.Primitives;

namespace FlightRecorder;

/// <summary>Walks a recording before it is written and collects what its rules hide; bodies are collected where they are redacted.</summary>
internal sealed class SecretCollector(SecretSet secrets, JsonRedactor redactor)
{
    private readonly LineBuffer _text = new(256);
    private readonly LineBuffer _ignored = new(256);
    private RedactionRules _rules = null!;

    public void Collect(ActiveRecording recording, RedactionRules rules)
    {
        _rules = rules;
        RedactionMap? parameters = ParameterMap.Of(recording);
        Collect(recording.Query, rules.For(parameters, RedactionPlace.Query));
        Collect(recording.Params, rules.For(parameters, RedactionPlace.Params));
        CollectActor(recording.Actor);
        CollectHeaders(recording.RequestHeaders);
        CollectHeaders(recording.ResponseHeaders);
        CollectUnlisted(recording.UnlistedHeaders);
        CollectTimeline(recording.Timeline);
        CollectMutations(recording.Mutations);
    }

    public void Clear()
    {
        _text.Wipe();
        _ignored.Wipe();
    }

    private void Collect(List<NameValues> values, CompiledMap map)
    {
        foreach (NameValues value in values)
        {
            if (map.Find(value.Name).IsHidden)
            {
                Collect(value.Values);
            }
        }
    }

    private void Collect(StringValues values)
    {
        foreach (string? value in values)
        {
            secrets.Add(value.AsSpan());
        }
    }

    private void CollectActor(RequestActor? actor)
    {
        if (actor?.Extra is not { Count: > 0 } extra)
        {
            return;
        }

        foreach ((string name, string value) in extra)
        {
            if (_rules.NamesOnly.Find(name).IsHidden)
            {
                secrets.Add(value);
            }
        }
    }

    private void CollectHeaders(List<NameValues> headers)
    {
        foreach (NameValues header in headers)
        {
            if (!_rules.IsHiddenHeader(header.Name))
            {
                continue;
            }

            foreach (string? value in header.Values)
            {
                HeaderRules.Collect(header.Name, value ?? "", secrets);
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
            redactor.Redact(json.Utf8, action.IsHidden ? _rules.All : action.Next, mayBeCut: false, _rules, _ignored, secrets);
        }
        else if (action.IsHidden)
        {
            _text.Clear();
            if (ScalarText.Append(value, _text) is ScalarKind.Text or ScalarKind.Number)
            {
                secrets.Add(_text.Written);
            }
        }
    }
}
