namespace System.Diagnostics.CodeAnalysis;

// Asked for by records with `required` members; netstandard2.0 does not have it.
[AttributeUsage(AttributeTargets.Constructor)]
internal sealed class SetsRequiredMembersAttribute : Attribute;
