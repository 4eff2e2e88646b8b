using System.ComponentModel;

namespace FlightRecorder.CompilerServices;

/// <summary>
/// The compiled rules of one DTO or entity type. Arrays are transparent: the map applies to each element. Member names are
/// compared ignoring case, <c>_</c>, <c>-</c> and invisible characters, so one map serves every naming policy.
/// Made by generated code only.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RedactionMap
{
    /// <summary>Stands for a type unknown at compile time: at run time the union of all marked names applies.</summary>
    public static RedactionMap Unknown { get; } = new("?", null);

    /// <summary>A map without members yet; maps refer to each other, so they are created first and defined afterwards.</summary>
    /// <param name="name">The type as a person names it.</param>
    /// <param name="location">File and line of the type relative to the repository root, or null for a type of another assembly.</param>
    public RedactionMap(string name, string? location)
    {
        Name = name;
        Location = location;
    }

    /// <summary>The type as a person names it.</summary>
    public string Name { get; }

    /// <summary>File and line of the type relative to the repository root, or null for a type of another assembly.</summary>
    public string? Location { get; }

    /// <summary>The members that have a rule or a map of their own.</summary>
    public IReadOnlyList<MemberRule> Members { get; private set; } = [];

    /// <summary>The map of the values of a dictionary-like type, or of members that a type does not declare: applies to every member that <see cref="Members"/> does not name.</summary>
    public RedactionMap? Values { get; private set; }

    /// <summary>Set when the whole type is marked: any value of it is hidden this way.</summary>
    public RedactMode? Whole { get; private set; }

    /// <summary>The type's name and location as they stand in a line; made by the encoder on first use.</summary>
    internal byte[]? EncodedSource { get; set; }

    /// <summary>The map as it was compiled last; nearly always that of the rules in force.</summary>
    internal CompiledMap? LastCompiled { get; set; }

    /// <summary>Says what the map holds. Called once, before the map is registered.</summary>
    public RedactionMap Define(params MemberRule[] members)
    {
        Members = members;
        return this;
    }

    /// <summary>Makes this the map of a dictionary-like type, or of one that takes members which it does not declare.</summary>
    public RedactionMap DefineValues(RedactionMap values)
    {
        Values = values;
        return this;
    }

    /// <summary>Makes this the map of a type that is marked as a whole.</summary>
    public RedactionMap DefineWhole(RedactMode mode)
    {
        Whole = mode;
        return this;
    }
}

/// <summary>The rule of one member in a <see cref="RedactionMap"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MemberRule
{
    private MemberRule(string name, RedactMode? mode, bool revealed, RedactionMap? nested)
    {
        Name = name;
        Mode = mode;
        Revealed = revealed;
        Nested = nested;
    }

    /// <summary>The member's name in JSON or in a row; any naming policy's form of it compares equal.</summary>
    public string Name { get; }

    /// <summary>How the value is hidden, or null when it is not.</summary>
    public RedactMode? Mode { get; }

    /// <summary>Exempt from the built-in secret names.</summary>
    public bool Revealed { get; }

    /// <summary>The map of the member's own type (of the elements, for a collection), or null.</summary>
    public RedactionMap? Nested { get; }

    /// <summary>A member whose value is hidden.</summary>
    public static MemberRule Hidden(string name, RedactMode mode) => new(name, mode, false, null);

    /// <summary>A member exempt from the built-in secret names, with the map of its type, if any.</summary>
    public static MemberRule Shown(string name, RedactionMap? nested = null) => new(name, null, true, nested);

    /// <summary>A member without a rule, in a map that says something of the members it does not name.</summary>
    public static MemberRule Known(string name) => new(name, null, false, null);

    /// <summary>A member whose type has a map of its own.</summary>
    public static MemberRule Of(string name, RedactionMap nested) => new(name, null, false, nested);
}
