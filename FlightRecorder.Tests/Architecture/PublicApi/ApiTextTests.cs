using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlightRecorder.Tests.Architecture;

public sealed class ApiTextTests
{
    [Test]
    public void Types_and_members_are_printed_as_declared_and_in_order()
        => Assert.That(Text("""
            #nullable enable
            using System;
            using System.ComponentModel;
            namespace N;
            public sealed class B : IDisposable
            {
                public void Dispose() { }
                public required string? Name { get; init; }
                [Obsolete("old")] public int Size(string text, int count = 3, params string?[] rest) => 0;
                internal void Hidden() { }
                protected void NotForHeirs() { }
                public const int Most = 7;
            }
            [EditorBrowsable(EditorBrowsableState.Never)] public static class A { public static T? Of<T>(this T value, in int x) where T : class, new() => null; }
            public enum E : byte { One = 1, Two }
            public readonly ref struct R { public ReadOnlySpan<char> Text => default; }
            internal class I { public class Nested; }
            """), Is.EqualTo("""
            [EditorBrowsable(Never)] public static class N.A
                public static T? Of<T>(this T value, in int x) where T : class, new()

            public sealed class N.B : System.IDisposable
                public B()
                public void Dispose()
                public const int Most = 7
                public required string? Name { get; init; }
                [Obsolete("old")] public int Size(string text, int count = 3, params string?[] rest)

            public enum N.E
                One = 1
                Two = 2

            public readonly ref struct N.R
                public System.ReadOnlySpan<char> Text { get; }


            """));

    [Test]
    public void A_difference_names_the_type_and_both_lines()
        => Assert.That(
            ApiDifference.Between(Text("public class C { public int A; public void B() { } }"), Text("public class C { public long A; public void B() { } }")),
            Is.EqualTo("""
                - public class C
                -     public int A
                + public class C
                +     public long A
                """));

    private static string Text(string source)
    {
        IEnumerable<MetadataReference> platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "sample", [CSharpSyntaxTree.ParseText(source)], platform, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        Assert.That(compilation.Emit(image).Success, Is.True);
        return ApiText.Of(MetadataReference.CreateFromImage(image.ToArray()));
    }
}
