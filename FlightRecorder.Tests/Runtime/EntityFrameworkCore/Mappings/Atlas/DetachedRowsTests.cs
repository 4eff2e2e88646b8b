using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore.Mappings.Atlas;

/// <summary>Rows that no query read, and rows of several contexts, against the tables.</summary>
public sealed class DetachedRowsTests : RowsTest
{
    private const string Seats = """SELECT jsonb_build_object('model', 'Seat', 'Row', "Row", 'Number', "Number", 'IsTaken', "IsTaken")::text FROM seats""";
    private const string Tickets = """SELECT jsonb_build_object('model', 'Ticket', 'Id', "Id", 'Text', "Text")::text FROM tickets""";

    [Test]
    public Task Rows_that_were_updated_attached_and_removed_without_being_read() => ExpectRowsAsync(
        [Seats],
        async context => await context.AddRangeAsync(new Seat { Row = "A", Number = 1 }, new Seat { Row = "A", Number = 2 }, new Seat { Row = "B", Number = 1, IsTaken = true }),
        context => Task.FromResult(context.Update(new Seat { Row = "A", Number = 1, IsTaken = true })),
        context =>
        {
            context.Attach(new Seat { Row = "A", Number = 2 }).Property(seat => seat.IsTaken).CurrentValue = true;
            return Task.CompletedTask;
        },
        context => Task.FromResult(context.Remove(new Seat { Row = "B", Number = 1 })));

    [Test]
    public async Task Rows_of_several_contexts_that_save_at_the_same_time()
    {
        await ExpectRowsAsync([Tickets], () => Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            await using AtlasContext context = Atlas();
            var ticket = new Ticket { Text = "first of " + i };
            context.AddRange(ticket, new Ticket { Text = "second of " + i });
            await context.SaveChangesAsync();
        }))));
        await ExpectRowsAsync([Tickets], () => Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            await using AtlasContext context = Atlas();
            (await context.Set<Ticket>().SingleAsync(ticket => ticket.Text == "first of " + i)).Text = "changed by " + i;
            context.Remove(await context.Set<Ticket>().SingleAsync(ticket => ticket.Text == "second of " + i));
            await context.SaveChangesAsync();
        }))));
    }
}
