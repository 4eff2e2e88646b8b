using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Generators.Harness;

namespace FlightRecorder.Tests.Generators.Parse;

internal sealed class SaveSiteTests
{
    [TestCase("db.SaveChanges();")]
    [TestCase("await db.SaveChangesAsync();")]
    [TestCase("await db.SaveChangesAsync(true);")]
    [TestCase("db?.SaveChanges();")]
    [TestCase("Check(1); db.SaveChanges(); Console.WriteLine(nameof(Check));")]
    [TestCase("void Save() { db.SaveChanges(); } Save();")]
    [TestCase("await db.Database.CreateExecutionStrategy().ExecuteAsync(async () => await db.SaveChangesAsync());")]
    public void The_only_save_of_a_handler_is_known(string code)
    {
        SaveSite save = Of(code)!;
        Assert.That(save.Location, Is.EqualTo("Shop/Code.cs:6"));
        Assert.That(save.Context.Name, Is.EqualTo("Db"));
    }

    [TestCase("db.Remove(1);")]
    [TestCase("db.SaveChanges(); db.SaveChanges();")]
    [TestCase("if (db.Things.Any()) { db.SaveChanges(); } else { await db.SaveChangesAsync(); }")]
    [TestCase("db.SaveChanges(); store.Put();")]
    [TestCase("db.SaveChanges(); later();")]
    [TestCase("db.SaveChanges(); Store.Saves(db);")]
    [TestCase("db.SaveChanges(); Store.Leads(db);")]
    [TestCase("db.SaveChanges(); new Virtual().Put();")]
    [TestCase("Store.SaveChanges();")]
    [TestCase("Func<int> save = db.SaveChanges; save();")]
    public void Where_another_save_is_possible_none_is_named(string code) => Assert.That(Of(code), Is.Null);

    [Test]
    public void Lambdas_local_functions_and_method_groups_have_one_too()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            var app = WebApplication.Create();
            app.MapPost("/lambda", [Record] (Db db) => { db.SaveChanges(); });
            app.MapPost("/local", Local);
            app.MapPost("/group", Handlers.Group);

            [Record] static void Local(Db db) => db.SaveChanges();

            public class Db : DbContext { }

            public static class Handlers { [Record] public static Task Group(Db db) => db.SaveChangesAsync(); }
            """);
        Assert.That(loaded.Generated.Plans.Select(plan => plan.Save?.Location), Is.EquivalentTo(new[] { "Shop/Code.cs:2", "Shop/Code.cs:6", "Shop/Code.cs:10" }));
    }

    [Test]
    public void A_local_function_of_the_program_that_saves_is_looked_into()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            var app = WebApplication.Create();
            app.MapPost("/lambda", [Record] (Db db) => { Other(db); db.SaveChanges(); });

            static void Other(Db db) => db.SaveChanges();

            public class Db : DbContext { }
            """);
        Assert.That(loaded.Generated.Plans.Single().Save, Is.Null);
    }

    private static SaveSite? Of(string code) => LoadedAssembly.Of($$"""
        [Record]
        public class ThingsController(Db db, IStore store, Action later) : ControllerBase
        {
            public async Task Put()
            {
                {{code}}
                await Task.CompletedTask;
                _ = (db, store, later);
            }

            private static void Check(int n) => ArgumentOutOfRangeException.ThrowIfZero(n);
        }

        public class Thing { public int Id { get; set; } }
        public class Db : DbContext { public DbSet<Thing> Things => Set<Thing>(); }
        public interface IStore { void Put(); }
        public class Virtual { public virtual void Put() { } }
        public static class Store
        {
            public static void SaveChanges() { }
            public static void Saves(Db db) => db.SaveChanges();
            public static void Leads(Db db) => Saves(db);
        }
        """).Plan("ThingsController.Put").Save;
}
