namespace System;

/// <summary>As much of it as slicing a span by <c>[a..b]</c> and <c>[a..]</c> needs; netstandard2.0 does not have it.</summary>
internal readonly struct Index(int value, bool fromEnd = false)
{
    public int GetOffset(int length) => fromEnd ? length - value : value;

    public static implicit operator Index(int value) => new(value);
}
