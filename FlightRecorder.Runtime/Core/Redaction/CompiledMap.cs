using System.Runtime.CompilerServices;
using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>
/// The rules that hold inside one object, ready for look-up. Names as they stand in the input are remembered with their
/// answer, so that folding a name is done once per spelling and not once per request.
/// </summary>
/// <remarks>Safe for concurrent use: slots are immutable and published by compare-and-swap. The memory is fixed; spellings beyond it are folded each time.</remarks>
internal sealed class CompiledMap(RedactionRules rules, RedactionMap? map, RedactionPathNode? path)
{
    private const int Slots = 128;
    private const int MaxProbes = 8;

    // {"$id":"1","$values":[…]} is how serializers that preserve references write a list: as transparent as its brackets.
    private const string PreservedList = "$values";

    private readonly NameSlot?[] _slots = new NameSlot?[Slots];
    private Dictionary<string, MemberRule>? _members;

    /// <summary>The name that an object of the type began with, the first time one was read.</summary>
    public NameSlot? First { get; private set; }

    /// <summary>Set when any value of the type is hidden.</summary>
    public RedactMode? Whole => map?.Whole;

    /// <summary>Whether it was compiled under these rules for this path.</summary>
    public bool Is(RedactionRules otherRules, RedactionPathNode? otherPath) => ReferenceEquals(rules, otherRules) && ReferenceEquals(path, otherPath);

    /// <summary>The rule for a member, by its name as UTF-8 without escapes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public MemberAction Find(ReadOnlySpan<byte> name)
    {
        (ulong head, ulong tail) = NameSlot.Ends(name);
        uint start = NameSlot.Hash(head, tail, name.Length);
        NameSlot? slot = _slots[start % Slots];
        return slot is not null && slot.Is(head, tail, name) ? slot.Action : FindFurther(name, head, tail, start, out _);
    }

    /// <summary>
    /// The rule for a member by its name, which holds nothing to escape, and its slot if there is room for one; noted as what
    /// follows <paramref name="previous"/>. The first to follow stays: links that change would be fought over by threads.
    /// </summary>
    public NameSlot? Slot(ReadOnlySpan<byte> name, NameSlot? previous, out MemberAction action)
    {
        (ulong head, ulong tail) = NameSlot.Ends(name);
        uint start = NameSlot.Hash(head, tail, name.Length);
        NameSlot? slot = _slots[start % Slots];
        if (slot is null || !slot.Is(head, tail, name))
        {
            action = FindFurther(name, head, tail, start, out slot);
        }
        else
        {
            action = slot.Action;
        }

        if (previous is null)
        {
            First ??= slot;
        }
        else
        {
            previous.Following ??= slot;
        }

        return slot;
    }

    /// <summary>The rule for a member, by its name as text.</summary>
    public MemberAction Find(ReadOnlySpan<char> name)
    {
        Span<byte> utf8 = stackalloc byte[NameFold.MaxChars];
        if (System.Text.Encoding.UTF8.TryGetBytes(name, utf8, out int length))
        {
            return Find(utf8[..length]);
        }

        Span<char> folded = stackalloc char[NameFold.MaxChars];
        return Resolve(folded[..NameFold.Fold(name, folded)]);
    }

    private MemberAction FindFurther(ReadOnlySpan<byte> name, ulong head, ulong tail, uint start, out NameSlot? found)
    {
        NameSlot? made = null;
        for (uint probe = 0; probe < MaxProbes; probe++)
        {
            ref NameSlot? place = ref _slots[(start + probe) % Slots];
            NameSlot? slot = Volatile.Read(ref place);
            if (slot is null)
            {
                made ??= new NameSlot(head, tail, name.ToArray(), Fold(name));
                slot = Interlocked.CompareExchange(ref place, made, null) ?? made;
            }

            if (slot.Is(head, tail, name))
            {
                found = slot;
                return slot.Action;
            }
        }

        found = null;
        return Fold(name);
    }

    private MemberAction Fold(ReadOnlySpan<byte> name)
    {
        Span<char> folded = stackalloc char[NameFold.MaxChars];
        return Resolve(folded[..NameFold.Fold(name, folded)]);
    }

    private MemberAction Resolve(ReadOnlySpan<char> folded)
    {
        bool known = Members().GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(folded, out MemberRule rule);
        RedactionPathNode? child = path?.Child(folded);
        if (!known && child is null && map?.Values is null && folded.SequenceEqual(PreservedList) && !rules.IsUserName(folded))
        {
            return MemberAction.Show(this);
        }

        RedactionMap? inside = known ? rule.Nested : map?.Values;
        if (inside is null && ReferenceEquals(map, RedactionMap.Unknown))
        {
            inside = RedactionMap.Unknown;
        }

        RedactMode? mode = (known ? rule.Mode : null) ?? inside?.Whole ?? ModeByName(folded, child, known, known && rule.Revealed);
        CompiledMap next = rules.Compile(inside, child);
        return mode is null ? MemberAction.Show(next) : MemberAction.Hide(mode.Value, next);
    }

    private RedactMode? ModeByName(ReadOnlySpan<char> folded, RedactionPathNode? child, bool known, bool revealed)
    {
        if (child is { IsEnd: true } || rules.IsUserName(folded))
        {
            return RedactMode.Mask;
        }

        // A dictionary of anything may be an object of any type, written member by member.
        bool isUnknown = ReferenceEquals(map, RedactionMap.Unknown) || (!known && ReferenceEquals(map?.Values, RedactionMap.Unknown));
        if (isUnknown && rules.MarkedAnywhere(folded) is { } marked)
        {
            return marked;
        }

        return !revealed && SecretNames.Contains(folded) ? RedactMode.Mask : null;
    }

    // Built on first use: at registration the maps that refer to each other may not be defined yet.
    private Dictionary<string, MemberRule> Members()
    {
        if (_members is { } members)
        {
            return members;
        }

        members = new Dictionary<string, MemberRule>(StringComparer.Ordinal);
        foreach (MemberRule rule in map?.Members ?? [])
        {
            string name = NameFold.Of(rule.Name);
            if (!members.TryGetValue(name, out MemberRule other) || other.Mode is null)
            {
                members[name] = rule;
            }
        }

        return _members = members;
    }
}
