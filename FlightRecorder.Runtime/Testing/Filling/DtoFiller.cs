using System.Collections;

namespace FlightRecorder.Testing;

/// <summary>Fills objects: a token in each marked member, a plain value in each other one. What carries no token is noted.</summary>
internal sealed class DtoFiller(TokenMint mint, CanaryOptions options, MarkedMembers marks, List<CanaryToken> tokens, List<UncarriedMember> notCarried)
{
    private const int MaxDepth = 12;
    private const int ItemCount = 2;

    private readonly TokenValues _values = new(mint);

    /// <summary>How often each type is being made right now: a type inside itself is made twice, and then left out.</summary>
    private readonly Dictionary<Type, int> _open = [];

    public T Make<T>()
        => Build(typeof(T), new Place(typeof(T).Name, MarkedMembers.IsMarked(typeof(T)), ValueRules.None)) is T made
            ? made
            : throw new InvalidOperationException($"No {typeof(T).Name} can be made: make one and pass it to Fill.");

    /// <summary>Walks an object that is there already.</summary>
    public void Fill(object template) => Walk(template, new Place(template.GetType().Name, MarkedMembers.IsMarked(template.GetType()), ValueRules.None), 0);

    private readonly record struct Place(string Path, bool IsMarked, ValueRules Rules)
    {
        public Place Item(string index) => this with { Path = Path + index, Rules = ValueRules.None };
    }

    private object? Build(Type declared, Place place)
    {
        if (TryGiven(place, out object? given))
        {
            return given;
        }

        Type type = Nullable.GetUnderlyingType(declared) ?? declared;
        place = place with { IsMarked = place.IsMarked || MarkedMembers.IsMarked(type) };
        if (IsValue(type))
        {
            return place.IsMarked ? Token(type, place) : PlainValues.Of(type, place.Rules);
        }

        return TypeKinds.Dictionary(type) is { } entry ? BuildDictionary(type, entry.Key, entry.Value, place)
            : TypeKinds.Element(type) is { } element ? BuildCollection(type, element, place)
            : TypeKinds.IsFramework(type) ? SkipFramework(type, place)
            : BuildObject(type, place);
    }

    private static bool IsValue(Type type) => PlainValues.Of(type, ValueRules.None) is not null || type == typeof(ReadOnlyMemory<byte>) || type == typeof(Memory<byte>);

    private object? Token(Type type, Place place)
    {
        (object Value, string Text)? token = type.IsEnum ? options.UndeclaredEnumValues ? _values.OfEnum(type) : null : _values.Of(type, place.Rules);
        if (token is null)
        {
            Skip(place, WhyNone(type, place.Rules));
            return PlainValues.Of(type, place.Rules);
        }

        tokens.Add(new CanaryToken(place.Path, token.Value.Text));
        return token.Value.Value;
    }

    private static string WhyNone(Type type, ValueRules rules)
        => type.IsEnum ? "an enum has only its declared values"
            : type == typeof(string) ? "its validation attributes leave no room for a unique text: give one in CanaryOptions.Values"
            : rules.Minimum is not null || rules.Maximum is not null ? "its range is too narrow for a unique number"
            : $"a {type.Name} is too small, or has too many forms, to be unique";

    private object? BuildCollection(Type type, Type element, Place place)
    {
        if (!TryOpen(element))
        {
            return ObjectMaker.Collection(type, element, []);
        }

        object?[] items = [.. Enumerable.Range(0, ItemCount).Select(index => Build(element, place.Item($"[{index}]")))];
        Close(element);
        return ObjectMaker.Collection(type, element, items) ?? SkipWhole(type, place, "no collection of this type can be made: pass a template to Fill");
    }

    private object? BuildDictionary(Type type, Type key, Type value, Place place)
    {
        if (!TryOpen(value))
        {
            return ObjectMaker.Dictionary(type, key, value, []);
        }

        object? entryKey = Build(key, place.Item(" (a key)"));
        object? entryValue = Build(value, place.Item("[key]"));
        Close(value);
        return (entryKey is null ? null : ObjectMaker.Dictionary(type, key, value, [(entryKey, entryValue)]))
            ?? SkipWhole(type, place, "no dictionary of this type can be made: pass a template to Fill");
    }

    private object? BuildObject(Type type, Place place)
    {
        IReadOnlyList<Type> concrete = TypeKinds.Concrete(type);
        if (concrete.Count == 0)
        {
            return SkipWhole(type, place, "no class of this type is known: pass a template to Fill");
        }

        foreach (Type other in concrete.Skip(1))
        {
            Skip(place, $"filled as {concrete[0].Name}; not tried as {other.Name}: pass a template to Fill");
        }

        if (!TryOpen(concrete[0]))
        {
            return null;
        }

        object made = ObjectMaker.Make(concrete[0]);
        foreach (DtoMember member in DtoMember.Of(concrete[0]))
        {
            Set(made, member, Inside(place, member, type));
        }

        Close(concrete[0]);
        return made;
    }

    private void Set(object owner, DtoMember member, Place place)
    {
        if (member.IsIgnored)
        {
            SkipMarked(place, "it is never written to JSON");
            return;
        }

        int before = tokens.Count;
        object? value = Build(member.Type, place);
        if (!member.TrySet(owner, value) && tokens.Count > before)
        {
            tokens.RemoveRange(before, tokens.Count - before);
            SkipMarked(place, "it cannot be set");
        }
    }

    private void Walk(object? value, Place place, int depth)
    {
        if (value is null || depth > MaxDepth || IsValue(value.GetType()))
        {
            return;
        }

        if (Items(value) is { } items)
        {
            int index = 0;
            foreach (object? item in items)
            {
                Walk(item, place.Item($"[{index++}]"), depth + 1);
            }

            return;
        }

        foreach (DtoMember member in DtoMember.Of(value.GetType()))
        {
            WalkMember(value, member, Inside(place, member, value.GetType()), depth);
        }
    }

    private static IEnumerable? Items(object value) => value is IDictionary dictionary ? dictionary.Values : value is string ? null : value as IEnumerable;

    private void WalkMember(object owner, DtoMember member, Place place, int depth)
    {
        bool whole = place.IsMarked || MarkedMembers.IsMarked(Nullable.GetUnderlyingType(member.Type) ?? member.Type);
        if (whole)
        {
            Set(owner, member, place);
        }
        else if (member is { IsIgnored: false, Type.IsValueType: false } || TypeKinds.Element(member.Type) is not null)
        {
            Walk(member.Get(owner), place, depth + 1);
        }
        else if (!IsValue(Nullable.GetUnderlyingType(member.Type) ?? member.Type) && member.Get(owner) is { } boxed)
        {
            // A struct is walked as a copy, and the copy put back.
            Walk(boxed, place, depth + 1);
            member.TrySet(owner, boxed);
        }
    }

    private Place Inside(Place owner, DtoMember member, Type declared)
        => new($"{owner.Path}.{member.Name}", owner.IsMarked || member.IsMarked(marks) || IsMarkedAt(declared, member.Name), member.Rules);

    // What an interface or a base marks holds for the class that stands there.
    private bool IsMarkedAt(Type declared, string name)
        => DtoMember.Of(declared).FirstOrDefault(member => member.Name == name) is { } there && there.IsMarked(marks);

    private bool TryGiven(Place place, out object? value)
    {
        string path = place.Path[(place.Path.IndexOf('.', StringComparison.Ordinal) + 1)..];
        string name = path[(path.LastIndexOf('.') + 1)..];
        bool found = options.Values.TryGetValue(path, out value) || options.Values.TryGetValue(name, out value);
        if (found && place.IsMarked && value is not null)
        {
            tokens.Add(new CanaryToken(place.Path, GivenText.Of(value, place.Path)));
        }

        return found;
    }

    private bool TryOpen(Type type)
    {
        if (IsValue(type))
        {
            return true;
        }

        int open = _open.GetValueOrDefault(type);
        _open[type] = open + 1;
        if (open < 2 * ItemCount)
        {
            return true;
        }

        Close(type);
        return false;
    }

    private void Close(Type type)
    {
        if (_open.TryGetValue(type, out int open))
        {
            _open[type] = open - 1;
        }
    }

    private object? SkipWhole(Type type, Place place, string why)
    {
        Skip(place, why);
        return type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    private object? SkipFramework(Type type, Place place)
    {
        SkipMarked(place, $"no token is known for a {type.Name}: give a value in CanaryOptions.Values");
        return type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    private void SkipMarked(Place place, string why)
    {
        if (place.IsMarked)
        {
            Skip(place, why);
        }
    }

    private void Skip(Place place, string why) => notCarried.Add(new UncarriedMember(place.Path, why));
}
