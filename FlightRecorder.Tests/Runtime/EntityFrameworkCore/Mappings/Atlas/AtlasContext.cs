using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore.Mappings.Atlas;

/// <summary>Stands for a context that carries [Record], with the ways of mapping that <see cref="MappingContext"/> leaves out.</summary>
public sealed class AtlasContext(DbContextOptions<AtlasContext> options) : DbContext(options)
{
    public const string Tables = "gadgets, tickets, tokens, seats, members, rooms, houses, crates, pets, ships, clients, client_notes, enrollments, students, courses, nodes, settings";

    public const string Setting = "Setting";

    /// <summary>What the generator would emit for it.</summary>
    public static void RegisterHooks() => GeneratedCode.Register(new GeneratedAssembly
    {
        Anchor = typeof(AtlasContext),
        GeneratorVersion = "0.1.0",
        Contexts =
        [
            new ContextHooks
            {
                Context = typeof(AtlasContext),
                Location = "AtlasContext.cs:1",
                Entities =
                [
                    Hook<Gadget>(), Hook<Ticket>(), Hook<Token>(), Hook<Seat>(), Hook<Member>(), Hook<House>(), Hook<Crate>(), Hook<Pet>(),
                    Hook<Ship>(), Hook<ShipPaper>(), Hook<Client>(), Hook<Student>(), Hook<Course>(), Hook<Enrollment>(), Hook<Node>(),
                ],
            },
        ],
        Entities = [],
    });

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Gadget>().ToTable("gadgets");
        model.Entity<Ticket>().ToTable("tickets").Property(ticket => ticket.Id).UseHiLo("ticket_numbers");
        model.Entity<Token>().ToTable("tokens");
        model.Entity<Seat>().ToTable("seats").HasKey(seat => new { seat.Row, seat.Number });
        model.Entity<Member>(member =>
        {
            member.ToTable("members");
            member.Property(m => m.Tier).HasConversion<string>();
            member.Property(m => m.Mail).HasConversion(mail => mail!.Value, text => new Email(text));
        });
        model.Entity<House>(house =>
        {
            house.ToTable("houses");
            house.OwnsOne(h => h.Address);
            house.OwnsOne(h => h.Blueprint, blueprint => blueprint.ToJson().OwnsMany(b => b.Doors));
            house.OwnsMany(h => h.Rooms, rooms => rooms.ToTable("rooms"));
        });
        model.Entity<Crate>(crate =>
        {
            crate.ToTable("crates");
            crate.ComplexProperty(c => c.Size, size => size.ComplexProperty(s => s.Weight));
            crate.ComplexProperty(c => c.Sticker);
            crate.ComplexProperty(c => c.Stamp, stamp => stamp.ToJson());
        });
        model.Entity<Pet>().ToTable("pets").HasDiscriminator<string>("Kind").HasValue<Cat>("cat").HasValue<Bird>("bird");
        model.Entity<Ship>().ToTable("ships").HasOne(ship => ship.Paper).WithOne().HasForeignKey<ShipPaper>(paper => paper.Id);
        model.Entity<ShipPaper>().ToTable("ships");
        model.Entity<Client>(client =>
        {
            client.ToTable("clients");
            client.SplitToTable("client_notes", note => note.Property(c => c.Note));
        });
        model.Entity<Course>().ToTable("courses");
        model.Entity<Student>().ToTable("students").HasMany(student => student.Courses).WithMany(course => course.Students)
            .UsingEntity<Enrollment>(join => join.HasOne<Course>().WithMany(), join => join.HasOne<Student>().WithMany(student => student.Enrollments), join => join.ToTable("enrollments"));
        model.Entity<Node>().ToTable("nodes").HasMany(node => node.Children).WithOne().HasForeignKey(node => node.ParentId).OnDelete(DeleteBehavior.ClientSetNull);
        model.SharedTypeEntity<Dictionary<string, object>>(Setting, setting =>
        {
            setting.ToTable("settings");
            setting.IndexerProperty<int>("Id");
            setting.IndexerProperty<string>("Value");
        });
    }

    private static EntityHook Hook<T>() => new() { Entity = typeof(T), Recorded = true, Map = new RedactionMap(typeof(T).Name, null) };
}
