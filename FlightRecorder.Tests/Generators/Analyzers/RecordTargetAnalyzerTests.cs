namespace FlightRecorder.Tests.Generators.Analyzers;

internal sealed class RecordTargetAnalyzerTests : DiagnosticTests
{
    [Test]
    public void A_static_class_is_reported_with_what_to_do()
        => Assert.That(Found("[Record] public static class Handlers;"), Is.EqualTo(new[]
        {
            "FR0001 1: 'Handlers' can't be recorded: a static class is no controller, DbContext or entity; mark its methods that handle requests",
        }));

    [TestCase("[Record] public class A : Attribute;")]
    [TestCase("[Record] public class A : InvalidOperationException;")]
    [TestCase("[Record] internal class AController : ControllerBase;")]
    [TestCase("public class Outer { [Record] public class AController : ControllerBase; }")]
    [TestCase("[Record, NonController] public class AController : ControllerBase;")]
    [TestCase("public class Outer { [Record] private class Context : DbContext; }")]
    [TestCase("public class Outer { [Record] private class Entity; }")]
    [TestCase("[Record] public class Entity<T>;")]
    [TestCase("[Record] public class OrderHandlers { public string Get() => \"\"; }")]
    [TestCase("[Record] file class Entity;")]
    [TestCase("public class AController : ControllerBase { [Record, NonAction] public void A() { } }")]
    [TestCase("public class AController : ControllerBase { [Record] private void A() { } }")]
    [TestCase("public class AController : ControllerBase { [Record] public static void A() { } }")]
    [TestCase("public class AController : ControllerBase { [Record] public void A<T>() { } }")]
    [TestCase("public class AController : ControllerBase { [Record] public override string ToString() => \"\"; }")]
    [TestCase("public class A { public int P { [Record] get; set; } }")]
    [TestCase("public class A { [Record] public static A operator +(A a, A b) => a; }")]
    [TestCase("public class A { [Record] ~A() { } }")]
    [TestCase("public interface IA { [Record] void A(); }")]
    [TestCase("public abstract class A { [Record] public abstract void B(); }")]
    public void A_target_that_surely_cannot_be_recorded_is_reported(string code) => Assert.That(Ids(code), Is.EqualTo(new[] { "FR0001" }));

    [TestCase("[assembly: Record]")]
    [TestCase("[Record] public class AController : ControllerBase { [Record] public void A() { } }")]
    [TestCase("[Record] public abstract class ABase : ControllerBase { [Record] protected internal abstract void A(); [Record] public abstract void B(); }")]
    [TestCase("[Record] public abstract class ABase<T> : ControllerBase;")]
    [TestCase("[Record] public class PocoController { [Record] public void A() { } }")]
    [TestCase("[Record] internal class Context : DbContext;")]
    [TestCase("[Record] public abstract class Base<T> : DbContext;")]
    [TestCase("[Record] internal class Entity { public int Id { get; set; } }")]
    [TestCase("[Record] public abstract class Entity;")]
    [TestCase("[Record] internal class GameController { public int Id { get; set; } } internal class C : DbContext { public DbSet<GameController> All => Set<GameController>(); }")]
    [TestCase("public class Handlers { [Record] private string A() => \"\"; [Record] internal static void B<T>() { } }")]
    [TestCase("public class Handlers { public void A() { [Record] static void Local() { } Local(); Action a = [Record] () => { }; a(); } }")]
    public void A_target_that_can_be_recorded_is_not(string code)
        => Assert.That(Found(code.Replace("[Record]", "\n[Record]")), Is.Empty);

    [Test]
    public void The_sixty_fifth_rule_of_a_level_is_reported()
    {
        string rules = string.Join("\n", Enumerable.Range(0, 66).Select(number => $"[Record(Route = \"/{number}\")]"));
        Assert.That(Found($"public static class H {{\n{rules}\npublic static void A() {{ }} }}"), Is.EqualTo(new[]
        {
            "FR0009 66: 'H.A()' has 66 rules, of which only the first 64 can apply; join conditions, or move some into a Filter",
        }));
        string fewer = string.Join("\n", Enumerable.Range(0, 64).Select(number => $"[Record(Route = \"/{number}\")]"));
        Assert.That(Found($"public static class H {{\n{fewer}\npublic static void A() {{ }} }}"), Is.Empty);
    }
}
