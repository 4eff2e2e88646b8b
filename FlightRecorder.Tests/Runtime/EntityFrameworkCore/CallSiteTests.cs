using System.Runtime.CompilerServices;
using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.EntityFrameworkCore.Model;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore;

/// <summary>Where commands and saves come from: constant texts and a handler's only save by the generator, others by the stack where that is wanted.</summary>
public sealed class CallSiteTests : DatabaseTest
{
    private readonly string _number = "A1";

    [Test]
    public async Task A_constant_text_has_the_place_of_its_call_without_any_option()
    {
        int line = 0;
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            line = Line() + 1;
            await context.Database.ExecuteSqlRawAsync("UPDATE orders SET qty = 1 WHERE \"Number\" = 'call-site-1'");
        });
        AssertPlace(recorded, line);
    }

    [Test]
    public async Task A_constant_text_with_placeholders_has_it_too()
    {
        int line = 0;
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            line = Line() + 1;
            await context.Database.ExecuteSqlRawAsync("UPDATE orders SET qty = {1} WHERE \"Number\" = {0}", _number, 7);
        });
        AssertPlace(recorded, line);
    }

    [Test]
    public async Task An_interpolated_text_has_it_too()
    {
        int line = 0;
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            line = Line() + 1;
            await context.Database.ExecuteSqlAsync($"DELETE FROM orders WHERE \"Number\" = {_number} AND qty > {7 - 1}");
        });
        AssertPlace(recorded, line);
    }

    [Test]
    public async Task A_query_of_constant_text_has_it_too()
    {
        int line = 0;
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            line = Line() + 1;
            await context.Set<Voucher>().FromSqlRaw("SELECT * FROM vouchers WHERE 'call-site-2' <> ''").ToListAsync();
        });
        AssertPlace(recorded, line);
    }

    [Test]
    public async Task Without_the_option_a_save_of_no_handler_has_none()
    {
        RecordedOperation recorded = await RecordAsync(async () => await SaveAsync(null));
        Assert.That(recorded.Mutations.Single().Location, Is.Null);
    }

    [Test]
    public async Task The_only_save_of_a_handler_has_the_place_that_its_plan_knows()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            Flight.Current!.Value.Active.Plan = Plan(typeof(ShopContext));
            await SaveAsync(null);
        });
        Assert.That(recorded.Mutations.Single().Location, Is.EqualTo("Shop/Orders.cs:9"));
        Assert.That(recorded.Commands.Single().Location, Is.EqualTo("Shop/Orders.cs:9"));
        Assert.That(recorded.Timeline.Single(entry => entry.Type == TimelineTypes.Mutation).Location, Is.EqualTo("Shop/Orders.cs:9"));
    }

    [Test]
    public async Task The_save_of_another_context_has_not()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            Flight.Current!.Value.Active.Plan = Plan(typeof(OtherContext));
            await SaveAsync(null);
        });
        Assert.That(recorded.Mutations.Single().Location, Is.Null);
    }

    [Test]
    public async Task A_save_has_the_place_of_its_caller()
    {
        int line = 0;
        RecordedOperation recorded = await RecordAsync(() =>
        {
            using ShopContext context = Open(o => o.CaptureCallSite = true);
            context.Add(new Order { Number = _number, Qty = 1 });
            line = Line() + 1;
            context.SaveChanges();
            return Task.CompletedTask;
        });
        AssertPlace(recorded, line);
    }

    [Test]
    public async Task An_asynchronous_save_has_the_place_of_its_caller()
    {
        int line = 0;
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open(o => o.CaptureCallSite = true);
            context.Add(new Order { Number = _number, Qty = 1 });
            line = Line() + 1;
            await context.SaveChangesAsync();
        });
        AssertPlace(recorded, line);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_query_has_the_place_of_its_caller_also_when_it_waits_for_a_connection(bool waits)
    {
        int line = 0;
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open(o => o.CaptureCallSite = true, new Npgsql.NpgsqlConnection(ConnectionString + (waits ? ";Pooling=false" : "")));
            line = Line() + 1;
            await context.Orders.Where(order => order.Number == _number).ToListAsync();
        });
        AssertPlace(recorded, line);
    }

    [Test]
    public async Task A_connection_that_was_opened_by_hand_does_not_stand_for_its_commands()
    {
        int line = 0;
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open(o => o.CaptureCallSite = true, new Npgsql.NpgsqlConnection(ConnectionString + ";Pooling=false"));
            await context.Database.OpenConnectionAsync();
            line = Line() + 1;
            await context.Orders.CountAsync();
        });
        AssertPlace(recorded, line);
    }

    [Test]
    public async Task A_synchronous_query_has_the_place_of_its_caller()
    {
        int line = 0;
        RecordedOperation recorded = await RecordAsync(() =>
        {
            using ShopContext context = Open(o => o.CaptureCallSite = true);
            line = Line() + 1;
            _ = context.Orders.Count();
            return Task.CompletedTask;
        });
        AssertPlace(recorded, line);
    }

    [Test]
    public async Task A_set_based_update_has_the_place_of_its_caller()
    {
        int line = 0;
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open(o => o.CaptureCallSite = true);
            line = Line() + 1;
            await context.Orders.ExecuteUpdateAsync(set => set.SetProperty(order => order.Qty, 3));
        });
        AssertPlace(recorded, line);
        Assert.That(recorded.Mutations, Is.Not.Empty);
    }

    [Test]
    public async Task Where_nobody_is_on_the_stack_a_gap_says_so()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open(o => o.CaptureCallSite = true);
            context.Add(new Order { Number = _number, Qty = 1 });
            await Task.Run(context.SaveChanges);
        });
        Assert.That(recorded.Mutations.Single().Location, Is.Null);
        Assert.That(recorded.Gap, Does.Contain("location: "));
    }

    private static void AssertPlace(RecordedOperation recorded, int line)
    {
        string place = $"CallSiteTests.cs:{line}";
        Assert.That(recorded.Commands, Is.Not.Empty);
        Assert.That(recorded.Commands.Select(command => command.Location), Is.All.EndsWith(place).And.All.Not.StartWith("/"), recorded.Commands[0].Sql);
        Assert.That(recorded.Mutations.Select(mutation => mutation.Location), Is.All.EndsWith(place));
        Assert.That(recorded.Gap, Does.Not.Contain("location: "));
    }

    private static int Line([CallerLineNumber] int line = 0) => line;

    private static HandlerPlan Plan(Type context) => new()
    {
        Name = "Orders.Put",
        Location = "Shop/Orders.cs:5",
        Identity = HandlerIdentity.Delegate("Orders.cs", 5),
        Rules = [],
        Match = static (in RequestFacts _) => 0,
        Save = new SaveSite(context, "Shop/Orders.cs:9"),
    };

    private async Task SaveAsync(Action<EntityFrameworkRecordingOptions>? configure)
    {
        await using ShopContext context = Open(configure);
        context.Add(new Order { Number = _number, Qty = 1 });
        await context.SaveChangesAsync();
    }

    private sealed class OtherContext(DbContextOptions<OtherContext> options) : DbContext(options);
}
