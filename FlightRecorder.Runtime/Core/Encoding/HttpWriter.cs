using System.Runtime.InteropServices;
using Microsoft.Extensions.Primitives;

namespace FlightRecorder;

/// <summary>Writes the request and the response of a line.</summary>
internal sealed class HttpWriter(LineBuffer line, LeafWriter leaf, JsonEchoes echoes, LineBudget budget)
{
    private enum Notation
    {
        Value,
        Url,
        SetCookie,
    }

    // "request":{"method":"POST","path":"/orders","route":"/orders","query":{},"params":{},"headers":{},"body":…}
    public void WriteRequest(ActiveRecording recording, BodyContent body, RedactionRules rules)
    {
        CompiledMap query = rules.For(ParameterMap.Of(recording), RedactionPlace.Query);
        CompiledMap parameters = rules.For(ParameterMap.Of(recording), RedactionPlace.Params);
        line.Raw(",\"request\":{\"method\":"u8);
        leaf.Text(recording.Method);
        line.Raw(",\"path\":"u8);
        leaf.Text(PathOf(recording, parameters, rules));
        leaf.Optional("route"u8, recording.Route);
        line.Raw(",\"query\":"u8);
        WriteValues(recording.Query, query);
        line.Raw(",\"params\":"u8);
        WriteValues(recording.Params, parameters);
        WriteHeaders(recording.RequestHeaders, rules, ParameterMap.OfHeaders(recording, rules));
        WriteBody(body, LinePart.RequestBody, recording.RequestBody.ContentType);
        line.Byte((byte)'}');
    }

    // "response":{"status":201,"headers":{},"body":…}
    public void WriteResponse(ActiveRecording recording, BodyContent body, RedactionRules rules)
    {
        line.Raw(",\"response\":{\"status\":"u8);
        line.Number(recording.Status);
        WriteHeaders(recording.ResponseHeaders, rules, null);
        WriteBody(body, LinePart.ResponseBody, recording.ResponseBody.ContentType);
        line.Byte((byte)'}');
    }

    public static string PathOf(ActiveRecording recording, CompiledMap parameters, RedactionRules rules)
        => RoutePath.Rebuild(recording.Path, recording.Route, recording.Params, parameters, rules.ReplacementText);

    private void WriteValues(List<NameValues> values, CompiledMap map)
    {
        line.Byte((byte)'{');
        foreach (NameValues value in Allowed(values))
        {
            MemberAction action = map.Find(value.Name);
            if (action is { IsHidden: true, Mode: RedactMode.Remove })
            {
                continue;
            }

            leaf.Name(value.Name);
            WriteEach(value.Values, action, Notation.Value);
        }

        line.Byte((byte)'}');
    }

    private void WriteHeaders(List<NameValues> headers, RedactionRules rules, CompiledMap? marked)
    {
        CompiledMap names = rules.For(null, RedactionPlace.Header);
        line.Raw(",\"headers\":{"u8);
        foreach (NameValues header in Allowed(headers))
        {
            MemberAction action = Action(header.Name, rules, marked, names);
            if (action is { IsHidden: true, Mode: RedactMode.Remove })
            {
                continue;
            }

            leaf.Name(header.Name);
            bool isCookie = header.Name.Equals("set-cookie", StringComparison.OrdinalIgnoreCase);
            WriteEach(header.Values, action, isCookie ? Notation.SetCookie : Notation.Url);
        }

        line.Byte((byte)'}');
    }

    private static MemberAction Action(string header, RedactionRules rules, CompiledMap? marked, CompiledMap names)
        => rules.IsHiddenHeader(header) ? MemberAction.Hide(RedactMode.Mask, names)
            : marked is null ? MemberAction.Show(names)
            : marked.Find(header);

    private Span<NameValues> Allowed(List<NameValues> values)
        => CollectionsMarshal.AsSpan(values)[..Math.Min(values.Count, budget.MaxEntries)];

    // One value by itself, several as an array.
    private void WriteEach(StringValues values, MemberAction action, Notation notation)
    {
        if (values.Count == 1)
        {
            WriteOne(values[0] ?? "", action, notation);
            return;
        }

        line.Byte((byte)'[');
        foreach (string? value in values.Count <= budget.MaxEntries ? values : StringValues.Empty)
        {
            line.Separate();
            WriteOne(value ?? "", action, notation);
        }

        line.Byte((byte)']');
    }

    // A header may hold a URL, whose query has secret names of its own.
    private void WriteOne(string value, MemberAction action, Notation notation)
    {
        if (!action.IsHidden && notation != Notation.Value && !ContentTypes.IsUsual(value) && value.Contains('=', StringComparison.Ordinal))
        {
            leaf.Message(value);
        }
        else if (action.IsHidden && notation == Notation.SetCookie)
        {
            CookieFacts.Write(value, line);
        }
        else
        {
            leaf.TextUnlessHidden(value, action);
        }
    }

    // "body":…,"bodyKind":"json","bodyType":"application/json","bodyState":"complete","bodyBytes":984
    private void WriteBody(BodyContent body, LinePart part, string? contentType)
    {
        int before = line.Length;
        bool isKept = body.Kind != BodyKind.None && !budget.IsDropped(part);
        if (isKept)
        {
            line.Raw(",\"body\":"u8);
            WriteContent(body);
            budget.Count(part, line.Length - before);
        }

        line.Raw(",\"bodyKind\":"u8);
        line.Raw(LineWords.Of(body.Kind));
        if (body.State != BodyState.None)
        {
            leaf.Optional("bodyType"u8, contentType);
        }

        line.Raw(",\"bodyState\":"u8);
        line.Raw(LineWords.Of(isKept || body.Kind == BodyKind.None ? body.State : BodyState.Skipped));
        line.Raw(",\"bodyBytes\":"u8);
        line.Number(body.Bytes);
    }

    private void WriteContent(BodyContent body)
    {
        if (body is { Kind: BodyKind.Text, State: not BodyState.Complete })
        {
            leaf.CutUtf8(body.Written);
        }
        else if (body.IsText)
        {
            leaf.Utf8(body.Written);
        }
        else
        {
            echoes.Write(body.Written, ref body.Signs, line);
        }
    }
}
