using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Generators.Harness;

namespace FlightRecorder.Tests.Generators.Parse;

internal sealed class ContextTests
{
    [Test]
    public void Entities_are_found_by_sets_navigations_configuration_and_inheritance()
    {
        ContextHooks hooks = LoadedAssembly.Of("""
            public class Order { public int Id { get; set; } public Customer? Customer { get; set; } public List<Line> Lines { get; } = []; }

            public class Customer { public int Id { get; set; } public Order? Last { get; set; } }

            public class Line { public int Id { get; set; } [System.ComponentModel.DataAnnotations.Schema.NotMapped] public NotHere? Ignored { get; set; } }

            public class GiftLine : Line;

            public class Configured { public int Id { get; set; } }

            public class NotHere;

            [Record]
            public class ShopContext : DbContext
            {
                public DbSet<Order> Orders => Set<Order>();

                protected override void OnModelCreating(ModelBuilder builder) => builder.Entity<Configured>().HasKey("Id");
            }
            """).Generated.Contexts.Single();
        Assert.That(hooks.Entities.Select(entity => entity.Entity.Name), Is.EqualTo(new[] { "Configured", "Customer", "GiftLine", "Line", "Order" }));
    }

    [Test]
    public void A_rows_map_knows_members_by_property_and_reaches_what_JSON_does_not()
    {
        ContextHooks hooks = LoadedAssembly.Of("""
            using System.Text.Json.Serialization;

            public class User
            {
                public int Id { get; set; }

                [Redact, JsonIgnore]
                public string Hash { get; private set; } = "";

                [Redact, JsonPropertyName("em")]
                public string Email { get; set; } = "";

                [Redact]
                private string Hidden { get; set; } = "";

                public Address Address { get; set; } = new();
            }

            public class Address { [Redact] public string Street { get; set; } = ""; }

            [Record]
            public class Users : DbContext { public DbSet<User> All => Set<User>(); }
            """).Generated.Contexts.Single();
        Assert.That(
            LoadedAssembly.Rules(hooks.Entities.Single(entity => entity.Entity.Name == "User").Map),
            Is.EqualTo(new[] { "Hash: Mask", "Email: Mask", "em: Mask", "Hidden: Mask", "Address: { Street: Mask }" }));
    }

    [Test]
    public void An_entity_kept_out_says_so()
    {
        ContextHooks hooks = LoadedAssembly.Of("""
            [DoNotRecord]
            public class Audit { public int Id { get; set; } }

            [Record]
            public class Context : DbContext { public DbSet<Audit> Audits => Set<Audit>(); }
            """).Generated.Contexts.Single();
        Assert.That(hooks.Entities.Single().Recorded, Is.False);
    }

    [Test]
    public void A_context_in_two_parts_has_hooks_once()
        => Assert.That(
            LoadedAssembly.Of("""
                public class Order { public int Id { get; set; } }

                [Record]
                public partial class Context : DbContext { public DbSet<Order> Orders => Set<Order>(); }

                [Serializable]
                public partial class Context : IDisposable;
                """).Generated.Contexts,
            Has.Length.EqualTo(1));

    [Test]
    public void A_context_without_a_rule_or_kept_out_has_no_hooks()
        => Assert.That(
            LoadedAssembly.Of("""
                [assembly: Record]

                public class Plain : DbContext;

                [Record]
                public abstract class Base : DbContext;

                [DoNotRecord]
                public class KeptOut : Base;

                public class Inherits : Base;
                """).Generated.Contexts.Select(hooks => hooks.Context.Name),
            Is.EqualTo(new[] { "Inherits" }));

    [Test]
    public void An_entity_with_a_rule_of_its_own_is_recorded_in_whichever_context()
    {
        GeneratedAssembly generated = LoadedAssembly.Of("""
            [Record]
            public class Stock { [Redact] public string Code { get; set; } = ""; }
            """).Generated;
        Assert.That(generated.Entities.Single().Entity.Name, Is.EqualTo("Stock"));
        Assert.That(LoadedAssembly.Rules(generated.Entities.Single().Map), Is.EqualTo(new[] { "Code: Mask" }));
    }

    [Test]
    public void A_type_that_is_body_and_row_has_a_map_for_each()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            using System.Text.Json.Serialization;

            public class User { [Redact, JsonIgnore] public string Hash { get; set; } = ""; [Redact] public string Pin { get; set; } = ""; }

            [Record]
            public class Context : DbContext { public DbSet<User> Users => Set<User>(); }

            public static class Handlers { [Record] public static User Get() => new(); }
            """);
        Assert.That(LoadedAssembly.Rules(loaded.Map("User")), Is.EqualTo(new[] { "Pin: Mask" }));
        Assert.That(LoadedAssembly.Rules(loaded.Generated.Contexts.Single().Entities.Single().Map), Is.EqualTo(new[] { "Hash: Mask", "Pin: Mask" }));
    }
}
