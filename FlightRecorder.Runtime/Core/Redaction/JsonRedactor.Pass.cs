namespace FlightRecorder;

/// <summary>The grammar.</summary>
internal sealed partial class JsonRedactor
{
    // The labels are the states of the grammar; state that every token changes lives in locals, which the JIT keeps in registers.
    private JsonPass Pass(ReadOnlySpan<byte> json, CompiledMap root)
    {
        int at = 0;
        int depth = 0;
        bool isObject = false;
        bool hasMembers = false;
        StringStops stops = _stops;
        CompiledMap map = root;
        CompiledMap next = root;
        NameSlot? previous = null;
        NameSlot? slot;
        int name;
        int nameEnd;
        bool isPlain;
        byte current;
        if (root.Whole is { } whole)
        {
            at = SkipSpace(json, 0, 0);
            Hide(at, 0, whole == RedactMode.Remove ? RedactMode.Mask : whole);
        }

    Value:
        if ((uint)at >= (uint)json.Length)
        {
            return CutAt(json, at);
        }

        current = json[at];
        if (current == '"')
        {
            int start = at;
            at = JsonScan.StringStopNearby(json, at + 1, stops);
            if ((uint)at >= (uint)json.Length || json[at] != '"')
            {
                at = SlowString(json, start, at);
                stops = _stops;
                if (at < 0)
                {
                    return at == JsonScan.Cut ? CutAt(json, start) : JsonPass.Invalid;
                }
            }

            if (_hiddenAt >= 0)
            {
                Collect(json[(start + 1)..at], isText: true);
            }

            at++;
            goto AfterValue;
        }

        if ((uint)(current - '0') <= 9 || current == '-')
        {
            int end = JsonScan.NumberEnd(json, at);
            if (end < 0 || (end == json.Length && depth > 0))
            {
                return end == JsonScan.Bad ? JsonPass.Invalid : CutAt(json, at);
            }

            if (_hiddenAt >= 0)
            {
                Collect(json[at..end], isText: false);
            }

            at = end;
            goto AfterValue;
        }

        if (current is (byte)'{' or (byte)'[')
        {
            if (depth == MaxDepth)
            {
                return JsonPass.Invalid;
            }

            ref Frame outer = ref _frames[depth++];

            // At one depth they are nearly always what they were last time, and asking costs less than telling the garbage collector.
            if (!ReferenceEquals(outer.Map, map))
            {
                outer.Map = map;
            }

            if (!ReferenceEquals(outer.Previous, previous))
            {
                outer.Previous = previous;
            }

            outer.IsObject = isObject;
            outer.HasMembers = hasMembers;
            map = next;
            previous = null;
            isObject = current == '{';
            hasMembers = false;
            at++;
            if ((uint)at < (uint)json.Length && json[at] <= ' ')
            {
                at = SkipSpace(json, at, depth);
            }

            // An empty one ends at once; after a comma it may not.
            if ((uint)at < (uint)json.Length && json[at] == (isObject ? '}' : ']'))
            {
                goto Close;
            }

            if (isObject)
            {
                if (map.First is { } first && _hiddenAt < 0 && first.IsMemberAfter(json, at - 1))
                {
                    slot = first;
                    goto Member;
                }

                goto Name;
            }

            goto Value;
        }

        if (current <= ' ')
        {
            int end = SkipSpace(json, at, depth);
            if (end == at)
            {
                return JsonPass.Invalid;
            }

            at = end;
            goto Value;
        }

        {
            int end = JsonScan.LiteralEnd(json, at);
            if (end < 0)
            {
                return end == JsonScan.Cut ? CutAt(json, at) : JsonPass.Invalid;
            }

            at = end;
        }

    AfterValue:
        bool wasRemoved = false;
        if (_hiddenAt == depth)
        {
            wasRemoved = Reveal(json, at);
        }

        hasMembers |= !wasRemoved;
        if ((uint)at < (uint)json.Length && json[at] <= ' ')
        {
            at = SkipSpace(json, at, depth - 1);
        }

        if (depth == 0)
        {
            Flush(json, at, at);
            return at == json.Length ? JsonPass.Complete : JsonPass.Invalid;
        }

        if ((uint)at >= (uint)json.Length)
        {
            return CutAt(json, at);
        }

        current = json[at];
        if (current == ',')
        {
            at++;
            if (wasRemoved && !hasMembers)
            {
                // The first member went; its comma goes with it.
                _run = at;
            }

            next = map;
            if (!isObject)
            {
                goto Value;
            }

            // Nearly always the name that followed last time follows again, with nothing but its quotes around it.
            if (previous?.Following is { } following && _hiddenAt < 0 && following.IsMemberAfter(json, at - 1))
            {
                slot = following;
                goto Member;
            }

            goto Name;
        }

        if (current != (isObject ? '}' : ']'))
        {
            return JsonPass.Invalid;
        }

    Close:
        at++;
        depth--;
        ref Frame frame = ref _frames[depth];
        map = frame.Map;
        previous = frame.Previous;
        isObject = frame.IsObject;
        hasMembers = frame.HasMembers;
        goto AfterValue;

    Member:
        name = at;
        nameEnd = at + slot.Length + 1;
        at = nameEnd + 2;
        isPlain = true;
        goto AfterColon;

    Name:
        if ((uint)at < (uint)json.Length && json[at] <= ' ')
        {
            at = SkipSpace(json, at, depth);
        }

        if ((uint)at >= (uint)json.Length)
        {
            return CutAt(json, at);
        }

        if (json[at] != '"')
        {
            return JsonPass.Invalid;
        }

        name = at;
        isPlain = true;

        // Objects of one type name their members in one order: the name that followed last time is compared before any is
        // looked for, and where it ends is then known without waiting for a scan.
        slot = previous is null ? map.First : previous.Following;
        if (slot is not null && slot.IsAt(json, at))
        {
            at += slot.Length + 1;
        }
        else
        {
            slot = null;
            at = JsonScan.StringStopNearby(json, at + 1, stops);
            isPlain = (uint)at < (uint)json.Length && json[at] == '"';
            if (!isPlain)
            {
                at = SlowString(json, name, at);
                stops = _stops;
                if (at < 0)
                {
                    return at == JsonScan.Cut ? CutAt(json, name) : JsonPass.Invalid;
                }
            }
        }

        nameEnd = at++;
        if ((uint)at < (uint)json.Length && json[at] <= ' ')
        {
            at = SkipSpace(json, at, depth);
        }

        if ((uint)at >= (uint)json.Length)
        {
            return CutAt(json, at);
        }

        if (json[at] != ':')
        {
            return JsonPass.Invalid;
        }

        at++;

    AfterColon:
        if ((uint)at < (uint)json.Length && json[at] <= ' ')
        {
            // Indented JSON has one space here, which needs no search.
            if (json[at] == ' ' && (uint)(at + 1) < (uint)json.Length && json[at + 1] > ' ')
            {
                Flush(json, at, at + 1);
                at++;
            }
            else
            {
                at = SkipSpace(json, at, depth);
            }
        }

        if (_hiddenAt < 0)
        {
            MemberAction action;
            if (slot is not null)
            {
                action = slot.Action;
            }
            else if (isPlain)
            {
                slot = map.Slot(json[(name + 1)..nameEnd], previous, out action);
            }
            else
            {
                action = FindEscaped(map, json[(name + 1)..nameEnd]);
            }

            previous = slot;
            next = action.Next;
            if (action.IsHidden)
            {
                HideMember(json, isPlain ? nameEnd - name + 2 : NotPlain, at, depth, action.Mode, hasMembers);
            }
        }

        goto Value;
    }
}
