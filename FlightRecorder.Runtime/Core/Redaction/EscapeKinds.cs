namespace FlightRecorder;

/// <summary>The escapes that <see cref="DecodedText"/> undoes.</summary>
[Flags]
internal enum EscapeKinds
{
    None = 0,

    /// <summary><c>%41</c></summary>
    Percent = 1,

    /// <summary><c>\u0041</c>, <c>\n</c></summary>
    Json = 2,

    /// <summary><c>&amp;#65;</c>, <c>&amp;amp;</c></summary>
    Html = 4,

    /// <summary>The zero bytes that UTF-16 has between the characters of ASCII.</summary>
    Utf16 = 8,

    /// <summary>A plus sign that is a space, as in form fields.</summary>
    Plus = 16,

    /// <summary>All but the plus sign, which mostly is one.</summary>
    Usual = Percent | Json | Html | Utf16,
}
