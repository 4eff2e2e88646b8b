using FlightRecorder.Generators.Model;

namespace FlightRecorder.Generators.Parse;

/// <summary>The fields of recorded types by their paths; arrays are transparent, as they are to redaction.</summary>
internal sealed class ListingFields(IEnumerable<MapModel> shapes)
{
    // Deeper than people read; a type that holds itself ends earlier.
    private const int MaxDepth = 6;

    private const string Anything = "stored; anything: secret names and all marked names are hidden in it";

    private readonly Dictionary<string, MapModel> _shapes = shapes
        .GroupBy(shape => shape.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    public static string Treatment(string mode) => mode switch
    {
        "Remove" => "left out",
        "Hash" => "hashed",
        "Last4" => "last four characters",
        _ => "masked",
    };

    public string TypeOf(string key) => _shapes[key].Name;

    public IEnumerable<ListingField> Of(string key) => Under("", key, []);

    public static ListingField Of(MemberModel parameter) => Field(parameter.Name, parameter);

    /// <summary>The columns of a row: what leads to other rows is no column.</summary>
    public IEnumerable<ListingField> Columns(string key)
        => _shapes.TryGetValue(key, out MapModel shape)
            ? shape.Members.Where(member => !member.IsAlias && (member.NestedKey is null || member.Mode is not null)).Select(member => Field(member.Name, member))
            : [];

    private IEnumerable<ListingField> Under(string path, string key, string[] above)
    {
        MapModel shape = _shapes[key];
        if (shape.Whole is { } whole)
        {
            return [new ListingField { Path = path.Length == 0 ? "(all of it)" : path, Treatment = Treatment(whole) + ", the type says" }];
        }

        string[] chain = [.. above, key];
        return shape.ValuesKey is { } values
            ? Nested(path + "*", values, chain)
            : shape.Members.Where(member => !member.IsAlias).SelectMany(member => Member(path + member.Name, member, chain)).Concat(Rest(path, shape));
    }

    private static ListingField[] Rest(string path, MapModel shape)
        => shape.Rest is { } rest ? [new ListingField { Path = path + "*", Treatment = (rest == MapModel.UnknownKey ? Anything : Treatment(rest)) + ", members that the type does not declare" }] : [];

    private IEnumerable<ListingField> Member(string path, MemberModel member, string[] chain)
        => member.Mode is null && member.NestedKey is { } key && !(IsSecret(member) && !member.Revealed) ? Nested(path, key, chain) : [Field(path, member)];

    private IEnumerable<ListingField> Nested(string path, string key, string[] chain)
        => key == MapModel.UnknownKey ? [new ListingField { Path = path, Treatment = Anything }]
            : chain.Contains(key) || chain.Length >= MaxDepth ? [new ListingField { Path = path, Treatment = $"{TypeOf(key)}, as above" }]
            : Under(_shapes[key].Whole is null ? path + "." : path, key, chain);

    private static ListingField Field(string path, MemberModel member) => new()
    {
        Path = path,
        Treatment = member.Mode is { } mode ? Treatment(mode)
            : member.Revealed ? "stored, revealed"
            : IsSecret(member) ? "masked, a secret name"
            : "stored",
    };

    private static bool IsSecret(MemberModel member) => SecretNames.Contains(NameFold.Of(member.Name).AsSpan());
}
