using FlightRecorder.Tests.Generators.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlightRecorder.Tests.Generators.Emit;

internal sealed class EmittedCodeTests
{
    private const string Code = """
        namespace Shop;

        public sealed record Order(int Id, [Redact] string? Card);

        [Record]
        public sealed class OrdersController : ControllerBase
        {
            public ActionResult<Order> Create(Order order) => order;
        }
        """;

    [Test]
    public void Nothing_marked_emits_nothing()
        => Assert.That(
            GeneratorRun.Of("""
                public sealed record Order(int Id, string Card);

                public class OrdersController : ControllerBase { public Order Get() => new(1, ""); }

                public class Context : DbContext { public DbSet<Order> Orders => Set<Order>(); }
                """).Compiles().Result.GeneratedSources,
            Is.Empty);

    [TestCase(NullableContextOptions.Disable)]
    [TestCase(NullableContextOptions.Enable)]
    public void It_compiles_whatever_the_nullable_context(NullableContextOptions nullable)
    {
        CSharpCompilation compilation = Sources.Compile("#nullable enable\n" + Code);
        GeneratorRun.Of(compilation.WithOptions(compilation.Options.WithNullableContextOptions(nullable))).Compiles();
    }

    [Test]
    public void It_compiles_at_the_strictest_warning_level()
    {
        CSharpCompilation compilation = Sources.Compile(Code);
        GeneratorRun run = GeneratorRun.Of(compilation.WithOptions(compilation.Options.WithWarningLevel(9999))).Compiles();
        Assert.That(run.Result.GeneratedSources, Is.Not.Empty);
    }

    [Test]
    public void It_compiles_with_obsolete_and_experimental_types()
        => GeneratorRun.Of("""
            // The app silences its own uses of what it marks; what is generated for it must need no such line here.
            #pragma warning disable
            [Obsolete("old")]
            public sealed record Old([Redact] string Card);

            [System.Diagnostics.CodeAnalysis.Experimental("X1")]
            public sealed record New([Redact] string Card);

            [Obsolete("gone", error: true)]
            public sealed record Gone([Redact] string Card);

            [Record]
            public class OrdersController : ControllerBase
            {
                public void A(Old dto) { }

                public void B(New dto) { }

                [Obsolete("gone", error: true)]
                public void C(Gone dto) { }
            }
            """).Compiles();

    [Test]
    public void It_compiles_with_names_that_are_keywords_or_differ_in_case_only()
        => GeneratorRun.Of("""
            namespace @namespace.@class
            {
                public sealed record @event([Redact] string @string);
                public sealed record @Event([Redact] string @string);

                [Record]
                public class @classController : ControllerBase
                {
                    public void @void(@event @params) { }

                    public void Upper(@Event @params, (int A, string B)? tuple, nint native, dynamic? any, ref readonly int number) { }
                }
            }
            """).Compiles();

    [Test]
    public void It_compiles_beside_types_named_like_the_runtimes()
        => GeneratorRun.Of("""
            namespace Shop
            {
                public sealed record RedactionMap([Redact] string A);
                public sealed record Maps([Redact] string A, RedactionMap Map);
                public sealed record MemberRule([Redact] string A);

                [Record]
                public class PlansController : ControllerBase
                {
                    public void A(RedactionMap dto) { }

                    public Maps B(MemberRule dto) => null!;
                }

                public static class System;
            }

            public sealed record RedactionMap([Redact] string A);

            public sealed record KeepWhen([Redact] string A);

            [Record(Keep = FlightRecorder.KeepWhen.Error)]
            public class OtherController : ControllerBase
            {
                public KeepWhen A(RedactionMap dto) => null!;
            }
            """).Compiles();

    [Test]
    public void Two_friends_that_see_each_others_internals_do_not_clash()
    {
        MetadataReference friend = Friend();
        GeneratorRun run = GeneratorRun.Of(Sources.Compile(Code, "My_Shop", more: friend)).Compiles();
        Assert.That(run.Text, Does.Contain("class Recorder_My__Shop"));
    }

    [Test]
    public void The_same_source_gives_the_same_text_in_whatever_order_it_is_read()
    {
        var one = Sources.Tree("[FlightRecorder.Record] public class AController : Microsoft.AspNetCore.Mvc.ControllerBase { public Dto Get() => null!; } public record Dto([FlightRecorder.Redact] string A);", "/repo/A.cs");
        var two = Sources.Tree("[FlightRecorder.Record] public class BController : Microsoft.AspNetCore.Mvc.ControllerBase { public Dto Get() => null!; }", "/repo/B.cs");
        CSharpCompilation empty = Sources.Compile("");
        string forward = GeneratorRun.Of(empty.AddSyntaxTrees(one, two)).Compiles().Text;
        string backward = GeneratorRun.Of(empty.AddSyntaxTrees(two, one)).Compiles().Text;
        Assert.That(backward, Is.EqualTo(forward));
    }

    [Test]
    public void The_text_does_not_depend_on_the_culture()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        const string source = "public class AController : ControllerBase { [Record(SampleRate = 0.25)] public void Get() { } }";
        string invariant = GeneratorRun.Of(source).Text;
        try
        {
            var other = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
            other.NumberFormat.NumberDecimalSeparator = ",";
            System.Globalization.CultureInfo.CurrentCulture = other;
            Assert.That(GeneratorRun.Of(source).Text, Is.EqualTo(invariant));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void Code_that_does_not_compile_yet_does_not_stop_the_generator()
    {
        GeneratorRun run = GeneratorRun.Of("""
            [Record(Filter = typeof(Missing), Route = )]
            public class OrdersController : ControllerBase, IMissing
            {
                public ActionResult<Missing> Create(Missing order, => Ok(order);

                [Record(
            """);
        Assert.That(run.Result.Exception, Is.Null);
    }

    private static MetadataReference Friend()
    {
        GeneratorRun run = GeneratorRun.Of(Sources.Compile("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"My_Shop\")]\n" + Code.Replace("namespace Shop", "namespace Friend"), "My.Shop")).Compiles();
        using var image = new MemoryStream();
        Assert.That(run.Output.Emit(image).Success, Is.True);
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
