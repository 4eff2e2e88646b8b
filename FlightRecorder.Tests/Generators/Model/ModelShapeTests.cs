using System.Reflection;
using FlightRecorder.Generators;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Tests.Generators.Model;

/// <summary>A model that held on to a symbol would keep a whole compilation alive, and never equal the next one.</summary>
internal sealed class ModelShapeTests
{
    private const string Namespace = "FlightRecorder.Generators.Model";

    private static IEnumerable<Type> Models => typeof(FlightRecorderGenerator).Assembly.GetTypes()
        .Where(type => type.Namespace == Namespace && !type.Name.StartsWith('<') && !type.IsNested);

    [Test]
    public void Models_hold_plain_values_and_each_other_only()
        => Assert.That(Models.SelectMany(type => Fields(type).Select(field => (type, field))).Where(pair => !IsPlain(pair.field.FieldType)).Select(pair => $"{pair.type.Name}.{pair.field.Name}"), Is.Empty);

    [Test]
    public void The_check_would_notice_a_symbol()
    {
        Assert.That(IsPlain(typeof(INamedTypeSymbol)), Is.False);
        Assert.That(IsPlain(typeof(System.Collections.Immutable.ImmutableArray<Location>)), Is.False);
        Assert.That(IsPlain(typeof(Dictionary<string, SyntaxNode>)), Is.False);
        Assert.That(IsPlain(typeof(int[])), Is.False);
    }

    [Test]
    public void Models_are_sealed_records()
        => Assert.That(
            Models.Where(type => type is { IsClass: true, IsAbstract: false }).Where(type => !type.IsSealed || type.GetMethod("<Clone>$") is null).Select(type => type.Name),
            Is.Empty);

    [Test]
    public void There_are_models_to_check() => Assert.That(Models.Count(), Is.GreaterThan(8));

    private static FieldInfo[] Fields(Type type) => type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    private static bool IsPlain(Type type)
        => type == typeof(string)
            || type.IsPrimitive
            || type.IsEnum
            || type.IsGenericParameter
            || type.Namespace == Namespace && type.GetGenericArguments().All(IsPlain)
            || Nullable.GetUnderlyingType(type) is { } value && IsPlain(value)
            || type is { IsGenericType: true, Name: "ImmutableArray`1" } && type.GetGenericArguments().All(IsPlain);
}
