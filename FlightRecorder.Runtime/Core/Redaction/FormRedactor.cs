using System.Text.Unicode;

namespace FlightRecorder;

/// <summary>Turns form fields into a redacted JSON object: decoded, in order of first appearance, a repeated field as an array.</summary>
internal sealed class FormRedactor
{
    /// <summary>A form with more fields is not parsed; grouping compares each with each.</summary>
    private const int MaxFields = 1000;

    private readonly LineBuffer _text = new(512);
    private readonly List<Field> _fields = [];

    private readonly record struct Field(Range Name, Range Value, MemberAction Action, long FileBytes);

    /// <summary>Forgets the fields of the form before.</summary>
    public void Clear()
    {
        _text.Wipe();
        _fields.Clear();
    }

    /// <summary>Reads <c>a=1&amp;b=2</c>. A cut form loses its last field, or shows only that it was hidden.</summary>
    public bool TryReadUrlEncoded(ReadOnlySpan<byte> body, bool isCut, CompiledMap map, CompiledMap parameters, SecretSet secrets)
    {
        Clear();
        while (!body.IsEmpty)
        {
            int end = body.IndexOf((byte)'&');
            ReadOnlySpan<byte> pair = end < 0 ? body : body[..end];
            body = end < 0 ? [] : body[(end + 1)..];
            if (!pair.IsEmpty && !TryAddPair(pair, isCut && end < 0, map, parameters, secrets))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds a field whose name and value need no decoding; <paramref name="fileBytes"/> is not negative for a file, whose value is its name.</summary>
    public bool TryAdd(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, long fileBytes, CompiledMap map, CompiledMap parameters, SecretSet secrets)
    {
        Range nameRange = Keep(name);
        return TryAdd(nameRange, Keep(value), fileBytes, map, parameters, secrets);
    }

    public void Write(LineBuffer output, RedactionRules rules)
    {
        output.Byte((byte)'{');
        for (int i = 0; i < _fields.Count; i++)
        {
            if (!IsRemoved(_fields[i]) && IndexOfName(i, 0) == i)
            {
                output.Separate();
                output.Text(TextOf(_fields[i].Name));
                output.Byte((byte)':');
                WriteValues(output, i, rules);
            }
        }

        output.Byte((byte)'}');
    }

    private static bool IsRemoved(Field field) => field.Action is { IsHidden: true, Mode: RedactMode.Remove };

    private void WriteValues(LineBuffer output, int first, RedactionRules rules)
    {
        int next = IndexOfName(first, first + 1);
        if (next < 0)
        {
            WriteValue(output, _fields[first], rules);
            return;
        }

        output.Byte((byte)'[');
        for (int i = first; i >= 0; i = IndexOfName(first, i + 1))
        {
            output.Separate();
            WriteValue(output, _fields[i], rules);
        }

        output.Byte((byte)']');
    }

    private void WriteValue(LineBuffer output, Field field, RedactionRules rules)
    {
        if (field.Action.IsHidden)
        {
            HiddenValue.Write(output, field.Action.Mode, TextOf(field.Value), isScalar: field.FileBytes < 0, rules);
        }
        else if (field.FileBytes < 0)
        {
            output.Text(TextOf(field.Value));
        }
        else
        {
            output.Raw("{\"file\":"u8);
            output.Text(TextOf(field.Value));
            output.Member("bytes"u8).Number(field.FileBytes);
            output.Byte((byte)'}');
        }
    }

    private int IndexOfName(int index, int from)
    {
        for (int i = from; i < _fields.Count; i++)
        {
            if (TextOf(_fields[i].Name).SequenceEqual(TextOf(_fields[index].Name)))
            {
                return i;
            }
        }

        return -1;
    }

    private bool TryAddPair(ReadOnlySpan<byte> pair, bool isCut, CompiledMap map, CompiledMap parameters, SecretSet secrets)
    {
        int equals = pair.IndexOf((byte)'=');
        Range name = Decode(equals < 0 ? pair : pair[..equals]);
        Range value = Decode(equals < 0 ? [] : pair[(equals + 1)..]);
        if (!isCut)
        {
            return TryAdd(name, value, -1, map, parameters, secrets);
        }

        MemberAction action = FormFieldName.Find(TextOf(name), map, parameters);
        if (equals >= 0 && action.IsHidden)
        {
            secrets.AddCut(TextOf(value));
            _fields.Add(new Field(name, value, MemberAction.Hide(action.Mode == RedactMode.Remove ? RedactMode.Remove : RedactMode.Mask, action.Next), -1));
        }

        return true;
    }

    private bool TryAdd(Range name, Range value, long fileBytes, CompiledMap map, CompiledMap parameters, SecretSet secrets)
    {
        if (_fields.Count == MaxFields || !Utf8.IsValid(TextOf(name)) || !Utf8.IsValid(TextOf(value)))
        {
            return false;
        }

        MemberAction action = FormFieldName.Find(TextOf(name), map, parameters);
        if (action.IsHidden)
        {
            secrets.Add(TextOf(value));
        }

        _fields.Add(new Field(name, value, action, fileBytes));
        return true;
    }

    private ReadOnlySpan<byte> TextOf(Range range) => _text.Written[range];

    private Range Keep(ReadOnlySpan<byte> text)
    {
        int start = _text.Length;
        _text.Raw(text);
        return start.._text.Length;
    }

    private Range Decode(ReadOnlySpan<byte> text)
    {
        int start = _text.Length;
        UrlText.Decode(text, _text);
        return start.._text.Length;
    }
}
