using FlightRecorder.Tests.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore.Mappings.Atlas;

/// <summary>Insert, update and delete of each way of mapping against the rows of its tables: types, keys, converters, and what lies inside a row.</summary>
public sealed class SavedRowsEqualTests : RowsTest
{
    [Test]
    public Task Columns_of_each_usual_type() => ExpectRowsAsync(
        ["""
        SELECT jsonb_build_object('model', 'Gadget', 'Id', "Id", 'Name', "Name", 'Price', "Price", 'Ratio', "Ratio", 'Big', "Big"::text, 'IsNew', "IsNew",
            'Stock', "Stock", 'MadeAt', to_char("MadeAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'Day', "Day", 'Code', "Code",
            'Photo', jsonb_build_object('bytes', length("Photo")), 'Tags', to_jsonb("Tags"))::text FROM gadgets
        """],
        async context => await context.AddAsync(new Gadget
        {
            Name = "say \"hé\"\n\\",
            Price = 12.50m,
            Ratio = 0.25,
            Big = long.MaxValue,
            IsNew = true,
            MadeAt = new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc).AddTicks(1234560),
            Day = new DateOnly(2026, 2, 28),
            Code = Guid.Parse("0195f9a0-0000-7000-8000-000000000001"),
            Photo = [1, 2, 3],
            Tags = ["a", "b,c"],
        }),
        async context =>
        {
            Gadget gadget = await context.Set<Gadget>().SingleAsync();
            gadget.Price = -0.01m;
            gadget.Stock = 7;
            gadget.Photo = [9];
            gadget.Tags.Add("d");
            gadget.IsNew = false;
        },
        async context => context.Remove(await context.Set<Gadget>().SingleAsync()));

    [Test]
    public Task A_key_of_a_sequence() => ExpectRowsAsync(
        ["""SELECT jsonb_build_object('model', 'Ticket', 'Id', "Id", 'Text', "Text")::text FROM tickets"""],
        async context => await context.AddRangeAsync(new Ticket { Text = "one" }, new Ticket { Text = "two" }),
        async context => (await context.Set<Ticket>().FirstAsync()).Text = "three",
        async context => context.RemoveRange(await context.Set<Ticket>().ToListAsync()));

    [Test]
    public Task A_key_that_EF_Core_makes() => ExpectRowsAsync(
        ["""SELECT jsonb_build_object('model', 'Token', 'Id', "Id", 'Text', "Text")::text FROM tokens"""],
        async context => await context.AddAsync(new Token { Text = "one" }),
        async context => (await context.Set<Token>().SingleAsync()).Text = "two",
        async context => context.Remove(await context.Set<Token>().SingleAsync()));

    [Test]
    public Task A_key_of_two_members() => ExpectRowsAsync(
        ["""SELECT jsonb_build_object('model', 'Seat', 'Row', "Row", 'Number', "Number", 'IsTaken', "IsTaken")::text FROM seats"""],
        async context => await context.AddRangeAsync(new Seat { Row = "A", Number = 1 }, new Seat { Row = "A", Number = 2 }),
        async context => (await context.Set<Seat>().SingleAsync(seat => seat.Number == 2)).IsTaken = true,
        async context => context.Remove(await context.Set<Seat>().SingleAsync(seat => seat.Number == 1)));

    [Test]
    public Task Members_that_a_converter_changes_on_their_way() => ExpectRowsAsync(
        ["""SELECT jsonb_build_object('model', 'Member', 'Id', "Id", 'Tier', "Tier", 'Mail', 'mail:' || "Mail")::text FROM members"""],
        async context => await context.AddAsync(new Member { Tier = Tier.Gold, Mail = new Email("a@example.org") }),
        async context => (await context.Set<Member>().SingleAsync()).Tier = Tier.Basic,
        async context => (await context.Set<Member>().SingleAsync()).Mail = null,
        async context => context.Remove(await context.Set<Member>().SingleAsync()));

    [Test]
    public Task Owned_members_in_the_row_as_JSON_and_in_a_table_beside_it() => ExpectRowsAsync(
        [
            """
            SELECT jsonb_build_object('model', 'House', 'Id', "Id", 'Blueprint', "Blueprint"::jsonb, 'Address', CASE WHEN "Address_Street" IS NOT NULL
                THEN jsonb_build_object('Street', "Address_Street", 'DoorCode', "Address_DoorCode") END)::text FROM houses
            """,
            """SELECT jsonb_build_object('model', 'House.Rooms', 'HouseId', "HouseId", 'Id', "Id", 'Name', "Name")::text FROM rooms""",
        ],
        async context => await context.AddAsync(new House
        {
            Address = new Address { Street = "Main", DoorCode = "7" },
            Blueprint = new Blueprint { Floors = 2, Doors = [new Door { Color = "red" }, new Door { Color = "green" }] },
            Rooms = [new Room { Name = "hall" }, new Room { Name = "attic" }],
        }),
        async context =>
        {
            House house = await context.Set<House>().SingleAsync();
            house.Address!.Street = "Side";
            house.Blueprint!.Doors[1].Color = "blue";
            house.Rooms[0].Name = "lobby";
        },
        async context =>
        {
            House house = await context.Set<House>().SingleAsync();
            house.Blueprint!.Doors.RemoveAt(0);
            house.Blueprint.Doors.Add(new Door { Color = "white" });
            house.Rooms.RemoveAt(1);
        },
        async context => (await context.Set<House>().SingleAsync()).Address = new Address { Street = "New", DoorCode = "8" },
        async context =>
        {
            House house = await context.Set<House>().SingleAsync();
            house.Address = null;
            house.Blueprint = null;
        },
        async context => context.Remove(await context.Set<House>().SingleAsync()));

    [Test]
    public Task Complex_members_in_columns_absent_and_as_JSON() => ExpectRowsAsync(
        ["""
        SELECT jsonb_build_object('model', 'Crate', 'Id', "Id", 'Size', jsonb_build_object('Width', "Size_Width", 'Weight', jsonb_build_object('Grams', "Size_Weight_Grams")),
            'Sticker', CASE WHEN "Sticker_Text" IS NOT NULL THEN jsonb_build_object('Text', "Sticker_Text") END, 'Stamp', "Stamp"::jsonb)::text FROM crates
        """],
        async context => await context.AddAsync(new Crate { Size = new Size { Width = 1, Weight = new Weight { Grams = 2 } }, Stamp = new Sticker { Text = "first" } }),
        async context =>
        {
            Crate crate = await context.Set<Crate>().SingleAsync();
            crate.Size.Weight.Grams = 3;
            crate.Sticker = new Sticker { Text = "fragile" };
        },
        async context => (await context.Set<Crate>().SingleAsync()).Stamp.Text = "second",
        async context => (await context.Set<Crate>().SingleAsync()).Sticker!.Text = "heavy",
        async context => (await context.Set<Crate>().SingleAsync()).Sticker = null,
        async context => context.Remove(await context.Set<Crate>().SingleAsync()));
}
