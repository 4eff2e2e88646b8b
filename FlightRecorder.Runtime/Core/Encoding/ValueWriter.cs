namespace FlightRecorder;

/// <summary>Writes rows, keys, parameters and data: named values under redaction rules.</summary>
internal sealed class ValueWriter(LineBuffer line, LeafWriter leaf, SecretSet secrets, JsonRedactor redactor, JsonEchoes echoes)
{
    private readonly LineBuffer _text = new(256);
    private readonly LineBuffer _json = new(256);

    public RedactionRules Rules { get; set; } = null!;

    /// <summary>Whose short secrets hide equal values: <see cref="AnyOwner"/>, a mutation's index, or <see cref="NoOwner"/>.</summary>
    public int Owner { get; set; } = NoOwner;

    public const int NoOwner = -2;
    public const int AnyOwner = -3;

    public void Row(ReadOnlySpan<NamedValue> row, CompiledMap map)
    {
        line.Byte((byte)'{');
        foreach (NamedValue column in row)
        {
            Member(column, map.Find(column.Name));
        }

        line.Byte((byte)'}');
    }

    public void Parameters(ReadOnlySpan<NamedValue> parameters)
    {
        line.Byte((byte)'{');
        foreach (NamedValue parameter in parameters)
        {
            Member(parameter, SqlParameterName.Find(Rules.Unknown, parameter));
        }

        line.Byte((byte)'}');
    }

    /// <summary>A value by itself.</summary>
    public void Value(object? value, MemberAction action)
    {
        _text.Clear();
        ScalarKind kind = ScalarText.Append(value, _text);
        if (action.IsHidden || IsHiddenElsewhere(kind))
        {
            RedactMode mode = action.IsHidden ? action.Mode : RedactMode.Mask;
            HiddenValue.Write(line, mode, _text.Written, kind is ScalarKind.Text or ScalarKind.Number && value is not CutText, Rules);
        }
        else if (value is CutText)
        {
            leaf.CutUtf8(_text.Written);
        }
        else
        {
            Write(kind, action.Next);
        }
    }

    public void Clear()
    {
        _text.Wipe();
        _json.Wipe();
        Owner = NoOwner;
    }

    private void Member(NamedValue member, MemberAction action)
    {
        if (action is { IsHidden: true, Mode: RedactMode.Remove })
        {
            return;
        }

        leaf.Name(member.Name);
        Value(member.Value, action);
    }

    private bool IsHiddenElsewhere(ScalarKind kind)
        => kind is ScalarKind.Text or ScalarKind.Number && Rules.ScrubEchoes && Owner != NoOwner
            && (Owner == AnyOwner ? secrets.HidesShort(_text.Written) : secrets.HidesShort(_text.Written, Owner));

    private void Write(ScalarKind kind, CompiledMap next)
    {
        switch (kind)
        {
            case ScalarKind.Null: line.Raw("null"u8); break;
            case ScalarKind.Boolean: line.Raw(_text.Written); break;
            case ScalarKind.Number: echoes.Write(_text.Written, line); break;
            case ScalarKind.Text: leaf.Utf8(_text.Written); break;
            case ScalarKind.Bytes: line.Raw("{\"bytes\":"u8); line.Raw(_text.Written); line.Byte((byte)'}'); break;
            default: Json(next); break;
        }
    }

    private void Json(CompiledMap map)
    {
        _json.Clear();
        if (redactor.Redact(_text.Written, map, mayBeCut: false, Rules, _json, secrets) == JsonPass.Complete)
        {
            echoes.Write(_json.Written, line);
        }
        else
        {
            line.Text("(not JSON)"u8);
        }
    }
}
