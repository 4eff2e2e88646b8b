namespace System;

/// <summary>What the sources shared with the runtime call on strings and characters; netstandard2.0 does not have it.</summary>
internal static class TextPolyfills
{
    extension(char)
    {
        public static bool IsAsciiDigit(char c) => c is >= '0' and <= '9';
    }

    extension(string text)
    {
        public bool Contains(char c) => text.IndexOf(c) >= 0;

        public string Replace(string old, string value, StringComparison comparison)
            => comparison == StringComparison.Ordinal ? text.Replace(old, value) : throw new ArgumentOutOfRangeException(nameof(comparison));
    }

    extension<TKey, TValue>(Dictionary<TKey, TValue> pairs)
        where TKey : notnull
    {
        public bool TryAdd(TKey key, TValue value)
        {
            bool isNew = !pairs.ContainsKey(key);
            if (isNew)
            {
                pairs.Add(key, value);
            }

            return isNew;
        }
    }
}
