using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore.Mappings.Atlas;

/// <summary>Insert, update and delete of each way of mapping against the rows of its tables: several entities to a table, several tables to an entity, relations.</summary>
public sealed class SharedTableTests : RowsTest
{
    [Test]
    public Task A_hierarchy_in_one_table() => ExpectRowsAsync(
        ["""
        SELECT CASE "Kind" WHEN 'cat' THEN jsonb_build_object('model', 'Cat', 'Id', "Id", 'Kind', "Kind", 'Name', "Name", 'Lives', "Lives")
            ELSE jsonb_build_object('model', 'Bird', 'Id', "Id", 'Kind', "Kind", 'Name', "Name", 'CanSpeak', "CanSpeak") END::text FROM pets
        """],
        async context => await context.AddRangeAsync(new Cat { Name = "Tom", Lives = 7 }, new Bird { Name = "Pip" }),
        async context => (await context.Set<Bird>().SingleAsync()).CanSpeak = true,
        async context => context.RemoveRange(await context.Set<Pet>().ToListAsync()));

    [Test]
    public Task Two_entities_in_one_row() => ExpectRowsAsync(
        [
            """SELECT jsonb_build_object('model', 'Ship', 'Id', "Id", 'Name', "Name")::text FROM ships""",
            """SELECT jsonb_build_object('model', 'ShipPaper', 'Id', "Id", 'Flag', "Flag")::text FROM ships""",
        ],
        async context => await context.AddAsync(new Ship { Name = "Ada", Paper = new ShipPaper { Flag = "NL" } }),
        async context => (await context.Set<ShipPaper>().SingleAsync()).Flag = "DE",
        async context => (await context.Set<Ship>().Include(ship => ship.Paper).SingleAsync()).Name = "Eva",
        async context => context.Remove(await context.Set<Ship>().Include(ship => ship.Paper).SingleAsync()));

    [Test]
    public Task One_entity_over_two_tables() => ExpectRowsAsync(
        ["""SELECT jsonb_build_object('model', 'Client', 'Id', c."Id", 'Name', "Name", 'Note', "Note")::text FROM clients c JOIN client_notes n ON n."Id" = c."Id" """],
        async context => await context.AddAsync(new Client { Name = "Ann", Note = "calls" }),
        async context => (await context.Set<Client>().SingleAsync()).Note = "writes",
        async context => (await context.Set<Client>().SingleAsync()).Name = "Bea",
        async context => context.Remove(await context.Set<Client>().SingleAsync()));

    [Test]
    public Task A_many_to_many_with_a_column_of_its_own() => ExpectRowsAsync(
        [
            """SELECT jsonb_build_object('model', 'Student', 'Id', "Id")::text FROM students""",
            """SELECT jsonb_build_object('model', 'Course', 'Id', "Id")::text FROM courses""",
            """SELECT jsonb_build_object('model', 'Enrollment', 'StudentId', "StudentId", 'CourseId', "CourseId", 'Mark', "Mark")::text FROM enrollments""",
        ],
        async context => await context.AddAsync(new Student { Courses = [new Course(), new Course()] }),
        async context => (await context.Set<Enrollment>().SingleAsync(enrollment => enrollment.CourseId == 2)).Mark = 1,
        async context => (await context.Set<Student>().Include(student => student.Courses).SingleAsync()).Courses.RemoveAll(course => course.Id == 1),
        async context => context.Remove(await context.Set<Student>().Include(student => student.Enrollments).SingleAsync()));

    [Test]
    public Task A_reference_that_EF_Core_takes_away_with_its_row() => ExpectRowsAsync(
        ["""SELECT jsonb_build_object('model', 'Node', 'Id', "Id", 'ParentId', "ParentId")::text FROM nodes"""],
        async context => await context.AddAsync(new Node { Children = [new Node(), new Node()] }),
        async context => context.Remove(await context.Set<Node>().Include(node => node.Children).SingleAsync(node => node.ParentId == null)));

    [Test]
    public Task An_entity_without_a_class_of_its_own() => ExpectRowsAsync(
        ["""SELECT jsonb_build_object('model', 'Setting', 'Id', "Id", 'Value', "Value")::text FROM settings"""],
        context => Task.FromResult(context.Set<Dictionary<string, object>>(AtlasContext.Setting).Add(new() { ["Value"] = "on" })),
        async context => (await context.Set<Dictionary<string, object>>(AtlasContext.Setting).SingleAsync())["Value"] = "off",
        async context => context.Remove(await context.Set<Dictionary<string, object>>(AtlasContext.Setting).SingleAsync()));

    [Test]
    public Task A_hierarchy_over_a_table_each() => ExpectMappedAsync(
        ["""SELECT jsonb_build_object('model', 'Car', 'Id', v."Id", 'Wheels', "Wheels", 'Doors', "Doors")::text FROM vehicles v JOIN cars c ON c."Id" = v."Id" """],
        async context => await context.AddAsync(new Car { Wheels = 4, Doors = 5 }),
        async context => (await context.Set<Car>().SingleAsync()).Doors = 3,
        async context => (await context.Vehicles.SingleAsync()).Wheels = 3,
        async context => context.Remove(await context.Vehicles.SingleAsync()));

    [Test]
    public Task A_hierarchy_over_a_table_for_each_concrete_entity() => ExpectMappedAsync(
        ["""SELECT jsonb_build_object('model', 'Circle', 'Id', "Id", 'Color', "Color", 'Radius', "Radius")::text FROM circles"""],
        async context => await context.AddRangeAsync(new Circle { Color = "red", Radius = 1 }, new Circle { Color = "green", Radius = 2 }),
        async context => (await context.Shapes.OrderBy(shape => shape.Id).FirstAsync()).Color = "blue",
        async context => context.RemoveRange(await context.Shapes.ToListAsync()));

    [Test]
    public Task What_the_database_computes_fills_in_and_counts() => ExpectMappedAsync(
        ["""
        SELECT jsonb_build_object('model', 'Invoice', 'Id', "Id", 'Net', "Net", 'Total', "Total", 'Clerk', "Clerk", 'Stamp', "Stamp", 'Region', "Region",
            'Version', xmin::text::bigint)::text FROM invoices
        """],
        async context => await context.AddRangeAsync(new Invoice { Net = 10 }, new Invoice { Net = 11, Clerk = "Ann" }),
        async context => (await context.Invoices.OrderBy(invoice => invoice.Id).FirstAsync()).Net = 12,
        async context =>
        {
            Invoice invoice = await context.Invoices.OrderBy(invoice => invoice.Id).LastAsync();
            invoice.Stamp = Guid.NewGuid();
            context.Entry(invoice).Property("Region").CurrentValue = "north";
        },
        async context => context.RemoveRange(await context.Invoices.ToListAsync()));

    [Test]
    public Task A_collection_of_complex_members_as_JSON() => ExpectMappedAsync(
        ["""
        SELECT jsonb_build_object('model', 'Parcel', 'Id', "Id", 'Size', jsonb_build_object('Width', "Size_Width", 'Weight', jsonb_build_object('Grams', "Size_Weight_Grams")),
            'Stops', "Stops"::jsonb)::text FROM parcels
        """],
        async context => await context.AddAsync(new Parcel { Stops = [new Stop { City = "Ulm" }, new Stop { City = "Köln" }] }),
        async context => (await context.Parcels.SingleAsync()).Stops.Reverse(),
        async context => (await context.Parcels.SingleAsync()).Stops[0].City = "Bonn",
        async context => (await context.Parcels.SingleAsync()).Stops.RemoveAt(0),
        async context => context.Remove(await context.Parcels.SingleAsync()));

    [Test]
    public Task What_EF_Core_deletes_along() => ExpectMappedAsync(
        [
            """SELECT jsonb_build_object('model', 'Folder', 'Id', "Id")::text FROM folders""",
            """SELECT jsonb_build_object('model', 'Page', 'Id', "Id", 'FolderId', "FolderId")::text FROM pages""",
            """SELECT jsonb_build_object('model', 'Bookmark', 'Id', "Id", 'FolderId', "FolderId")::text FROM bookmarks""",
        ],
        async context => await context.AddAsync(new Folder { Pages = [new Page(), new Page()], Bookmarks = [new Bookmark()] }),
        async context => context.Remove(await context.Folders.Include(folder => folder.Pages).Include(folder => folder.Bookmarks).SingleAsync()));

    [Test]
    public Task Links_of_a_many_to_many() => ExpectMappedAsync(
        [
            """SELECT jsonb_build_object('model', 'Team', 'Id', "Id")::text FROM teams""",
            """SELECT jsonb_build_object('model', 'Player', 'Id', "Id")::text FROM players""",
            """SELECT jsonb_build_object('model', 'PlayerTeam', 'PlayersId', "PlayersId", 'TeamsId', "TeamsId")::text FROM player_team""",
        ],
        async context => await context.AddAsync(new Team { Players = [new Player(), new Player()] }),
        async context => (await context.Teams.Include(team => team.Players).SingleAsync()).Players.RemoveAt(0));

    private async Task ExpectMappedAsync(string[] rows, params Func<MappingContext, Task>[] saves)
    {
        foreach (Func<MappingContext, Task> save in saves)
        {
            await ExpectRowsAsync(rows, async () =>
            {
                await using MappingContext context = Mapped();
                await save(context);
                await context.SaveChangesAsync();
            });
        }
    }
}
