using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// What the columns of a table are called in the model, so that a row read from the database looks like one that was saved and meets
/// the same redaction: property names, and what an owned or complex type keeps in the table as nested JSON.
/// </summary>
internal sealed class EntityColumns
{
    private static readonly ConditionalWeakTable<IEntityType, EntityColumns> Known = [];

    private readonly Dictionary<string, Member> _members = new(StringComparer.Ordinal);
    private readonly StoreObjectIdentifier _table;
    private readonly ContextRules _rules;

    private EntityColumns(IEntityType entity, ContextRules rules)
    {
        _rules = rules;
        _table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
        IEntityType[] types = [.. entity.Model.GetEntityTypes().Where(type => type.GetTableName() == _table.Name && type.GetSchema() == _table.Schema)];
        foreach (IEntityType type in types)
        {
            Add(type, PathOf(type));
        }

        Rule = TableRule.Of([.. types.Where(type => !OwnedRows.IsFolded(type)).Select(type => EntityRules.For(type, rules))]);
    }

    /// <summary>The rule of rows of which nobody knows which entity's they are.</summary>
    public EntityRule Rule { get; }

    /// <param name="entity">One that lives in the table.</param>
    /// <param name="rules">Those of the context.</param>
    public static EntityColumns Of(IEntityType entity, ContextRules rules)
    {
        if (!Known.TryGetValue(entity, out EntityColumns? known) || known._rules != rules)
        {
            Known.AddOrUpdate(entity, known = new EntityColumns(entity, rules));
        }

        return known;
    }

    /// <summary>The row by the model's names; a column that the model does not know keeps its own.</summary>
    public NamedValue[] Shape(NamedValue[] row)
    {
        var shaped = new List<NamedValue>();
        var nested = new Dictionary<string, Node>();
        foreach (NamedValue value in row)
        {
            Member member = _members.GetValueOrDefault(value.Name) ?? new Member([value.Name], null);
            string name = member.Path[0];
            if (member.Path.Length == 1)
            {
                shaped.Add(new NamedValue(name, member.Shown(value.Value)));
            }
            else if (nested.TryGetValue(name, out Node? known))
            {
                known.Add(member, value.Value, 1);
            }
            else
            {
                nested[name] = known = new Node();
                known.Add(member, value.Value, 1);
                shaped.Add(new NamedValue(name, known));
            }
        }

        return [.. shaped.Select(value => value.Value is Node node ? new NamedValue(value.Name, node.ToJson()) : value)];
    }

    // The way through its owners; empty for a row of its own.
    private static string[] PathOf(IEntityType type)
        => OwnedRows.IsFolded(type) && type.FindOwnership() is { PrincipalToDependent: { } navigation } ownership
            ? [.. PathOf(ownership.PrincipalEntityType), navigation.Name]
            : [];

    private void Add(ITypeBase type, string[] path)
    {
        if (type.IsMappedToJson())
        {
            // Inside the column the document has its own names; only the outermost is a column's.
            if (type.GetContainerColumnName() is { } container)
            {
                _members.TryAdd(container, new Member(path, null));
            }

            return;
        }

        foreach (IProperty property in type.GetProperties().Where(property => path.Length == 0 || !(property.IsShadowProperty() && property.IsKey())))
        {
            if (property.GetColumnName(_table) is { } column)
            {
                _members.TryAdd(column, new Member([.. path, property.Name], property.ClrType));
            }
        }

        foreach (IComplexProperty complex in type.GetComplexProperties())
        {
            Add(complex.ComplexType, [.. path, complex.Name]);
        }
    }

    private sealed record Member(string[] Path, Type? Type)
    {
        // A type of its own with members to redact is stored as a text that would show them.
        public object? Shown(object? value)
            => value is not null && Type is not null && EntityValue.HasRules(Type) ? "(" + Type.Name + ")" : value;
    }

    private sealed class Node
    {
        private readonly List<(string Name, object? Value)> _values = [];

        public void Add(Member member, object? value, int depth)
        {
            string name = member.Path[depth];
            if (depth == member.Path.Length - 1)
            {
                _values.Add((name, member.Shown(value)));
                return;
            }

            int index = _values.FindIndex(known => known.Name == name);
            Node node = index < 0 ? new Node() : (Node)_values[index].Value!;
            if (index < 0)
            {
                _values.Add((name, node));
            }

            node.Add(member, value, depth + 1);
        }

        /// <summary>Null when it holds nothing: there is no owned object then.</summary>
        public JsonFragment? ToJson()
        {
            if (IsEmpty)
            {
                return null;
            }

            var buffer = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(buffer))
            {
                Write(writer);
            }

            return new JsonFragment(buffer.WrittenSpan.ToArray());
        }

        private bool IsEmpty => _values.TrueForAll(value => value.Value is null or Node { IsEmpty: true });

        private void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            foreach ((string name, object? value) in _values)
            {
                writer.WritePropertyName(name);
                if (value is Node { IsEmpty: false } node)
                {
                    node.Write(writer);
                }
                else
                {
                    JsonScalar.Write(writer, value is Node ? null : value);
                }
            }

            writer.WriteEndObject();
        }
    }
}
