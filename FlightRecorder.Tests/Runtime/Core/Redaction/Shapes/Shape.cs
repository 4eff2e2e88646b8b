using Contracts;

namespace FlightRecorder.Tests.Core.Redaction.Shapes;

/// <summary>A row of the table: a value, filled with tokens, and the handler whose plan knows its type.</summary>
internal sealed record Shape(string Handler, Func<object> Make, Type Declared)
{
    public static Shape[] All { get; } =
    [
        Of<Leaf>(nameof(ShapeHandlers.Flat)),
        Of<LeafStruct>(nameof(ShapeHandlers.Struct)),
        Of<Kinds>(nameof(ShapeHandlers.Kinds)),
        Of(nameof(ShapeHandlers.Nested), () => Held(Held(new Leaf()))),
        Of<Inheriting>(nameof(ShapeHandlers.Inherited)),
        Of<Overriding>(nameof(ShapeHandlers.Overridden)),
        Of<IMarkedFurther>(nameof(ShapeHandlers.Interface), () => new Implementing()),
        Of(nameof(ShapeHandlers.InterfaceTypedMember), () => Held<IMarked>(new Implementing())),
        Of<Implementing>(nameof(ShapeHandlers.ImplementedInterface)),
        Of<Positional>(nameof(ShapeHandlers.PositionalRecord)),
        Of(nameof(ShapeHandlers.PositionalRecordStruct), PositionalStruct.Make),
        Of(nameof(ShapeHandlers.RecordTypedMember), () => Held(new Positional())),
        Of(nameof(ShapeHandlers.NullableMember), () => Held<PositionalStruct?>(PositionalStruct.Make())),
        Of(nameof(ShapeHandlers.GenericBase), () => new Closed { Held = new(), More = [new()] }),
        Of(nameof(ShapeHandlers.ListRoot), () => new List<Leaf> { new(), new() }),
        Of(nameof(ShapeHandlers.ArrayRoot), () => new Positional[] { new(), new() }),
        Of<Lists>(nameof(ShapeHandlers.Collections)),
        Of(nameof(ShapeHandlers.DictionaryRoot), () => new Dictionary<string, Leaf> { ["one"] = new(), ["Marked"] = new() }),
        Of<Dictionaries>(nameof(ShapeHandlers.DictionaryMembers)),
        Of<Payment>(nameof(ShapeHandlers.PolymorphicRoot), () => new ByCard()),
        Of(nameof(ShapeHandlers.PolymorphicList), () => Held<List<Payment>>([new ByCard(), new ByTransfer()])),
        Of(nameof(ShapeHandlers.PolymorphicInterface), () => Held<IFace[]>([new FaceOne(Tokens.Secret(), Tokens.Open()), new FaceTwo()])),
        Of<Cat>(nameof(ShapeHandlers.WrittenAsDerived)),
        Of<Open>(nameof(ShapeHandlers.OpenMembers)),
        Of<Safe>(nameof(ShapeHandlers.WholeRoot)),
        Of<Wholes>(nameof(ShapeHandlers.WholeMembers)),
        Of(nameof(ShapeHandlers.Recursive), () => new Tree { Children = [new() { Children = [new()] }], Named = new() { ["a"] = new() } }),
        Of<Mixed>(nameof(ShapeHandlers.FieldsTuplesAndConverters)),
        Of<Extending>(nameof(ShapeHandlers.ExtensionData)),
        Of(nameof(ShapeHandlers.ExtensionDataBelow), () => Held<List<Extending>>([new(), new()])),
        Of<Untyped>(nameof(ShapeHandlers.UntypedMembers)),
        Of<Bags>(nameof(ShapeHandlers.HiddenCollections)),
        Of<Child>(nameof(ShapeHandlers.MarkedAtTheParameterOfADerivedRecord)),
        Of<Fish<int>>(nameof(ShapeHandlers.WrittenAsGenericDerived)),
        Of<Tuples>(nameof(ShapeHandlers.ValueTuples)),
        Of<Further>(nameof(ShapeHandlers.OpenExtensionData)),
        Of(nameof(ShapeHandlers.Referenced), MakeParty),
        Of(nameof(ShapeHandlers.ReferencedDerived), () => Held<object>(new Person { Open = Tokens.Open(), Marked = Tokens.Secret(), MarkedName = Tokens.Secret() })),
        Of(nameof(ShapeHandlers.ReferencedGeneric), () => new Page<Leaf> { Items = [new(), new()], MarkedCursor = Tokens.Secret() }),
        Of(nameof(ShapeHandlers.ReferencedWhole), () => Held(new Vault(Tokens.Secret(), [Tokens.Secret()]))),
    ];

    /// <summary>Hidden as a whole: none of its names remains.</summary>
    public bool IsWhole => Handler is nameof(ShapeHandlers.WholeRoot) or nameof(ShapeHandlers.WholeMembers);

    /// <summary>What hides undeclared members can't tell <c>$values</c> from one of them, and hides the list.</summary>
    public bool HidesListsOf(Setting setting) => setting.IsPreserving && Handler is nameof(ShapeHandlers.ExtensionDataBelow);

    public override string ToString() => Handler;

    private static Shape Of<T>(string handler)
        where T : new()
        => Of(handler, () => new T());

    private static Shape Of<T>(string handler, Func<T> make)
        => new(handler, () => make()!, typeof(T));

    private static Holder<T> Held<T>(T value) => new() { Held = value, Again = value };

    private static Party MakeParty() => new() { Open = Tokens.Open(), Marked = Tokens.Secret(), Renamed = Tokens.Secret() };
}
