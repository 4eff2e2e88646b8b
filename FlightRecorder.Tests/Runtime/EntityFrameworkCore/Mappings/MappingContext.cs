using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore.Mappings;

/// <summary>Stands for a context that carries [Record], with an entity for each way of mapping.</summary>
public sealed class MappingContext(DbContextOptions<MappingContext> options) : DbContext(options)
{
    public const string Tables = "cars, vehicles, circles, invoices, parcels, player_team, teams, players, pages, bookmarks, folders, accounts";

    public DbSet<Vehicle> Vehicles => Set<Vehicle>();

    public DbSet<Shape> Shapes => Set<Shape>();

    public DbSet<Invoice> Invoices => Set<Invoice>();

    public DbSet<Parcel> Parcels => Set<Parcel>();

    public DbSet<Team> Teams => Set<Team>();

    public DbSet<Folder> Folders => Set<Folder>();

    public DbSet<Account> Accounts => Set<Account>();

    /// <summary>What the generator would emit for it.</summary>
    public static void RegisterHooks() => GeneratedCode.Register(new GeneratedAssembly
    {
        Anchor = typeof(MappingContext),
        GeneratorVersion = "0.1.0",
        Contexts =
        [
            new ContextHooks
            {
                Context = typeof(MappingContext),
                Location = "MappingContext.cs:1",
                Entities =
                [
                    Hook<Vehicle>(), Hook<Shape>(), Hook<Invoice>(), Hook<Parcel>(), Hook<Team>(), Hook<Player>(), Hook<Folder>(), Hook<Page>(), Hook<Bookmark>(),
                    new EntityHook { Entity = typeof(Account), Recorded = true, Map = new RedactionMap("Account", null).Define(MemberRule.Hidden("Mail", RedactMode.Mask)) },
                ],
            },
        ],
        Entities = [],
    });

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Vehicle>().UseTptMappingStrategy().ToTable("vehicles");
        model.Entity<Car>().ToTable("cars");
        model.Entity<Shape>().UseTpcMappingStrategy();
        model.Entity<Circle>().ToTable("circles");
        model.Entity<Invoice>(invoice =>
        {
            invoice.ToTable("invoices");
            invoice.Property(i => i.Total).HasComputedColumnSql("\"Net\" * 2", stored: true);
            invoice.Property(i => i.Clerk).HasDefaultValueSql("'by default'");
            invoice.Property(i => i.Stamp).IsConcurrencyToken();
            invoice.Property(i => i.Version).IsRowVersion();
            invoice.Property<string?>("Region");
        });
        model.Entity<Parcel>(parcel =>
        {
            parcel.ToTable("parcels");
            parcel.ComplexProperty(p => p.Size, size => size.ComplexProperty(s => s.Weight));
            parcel.ComplexCollection(p => p.Stops, stops => stops.ToJson());
        });
        model.Entity<Team>().ToTable("teams").HasMany(team => team.Players).WithMany(player => player.Teams).UsingEntity(join => join.ToTable("player_team"));
        model.Entity<Player>().ToTable("players");
        model.Entity<Folder>(folder =>
        {
            folder.ToTable("folders");
            folder.HasMany(f => f.Pages).WithOne().HasForeignKey(page => page.FolderId).OnDelete(DeleteBehavior.Cascade);
            folder.HasMany(f => f.Bookmarks).WithOne().HasForeignKey(bookmark => bookmark.FolderId).OnDelete(DeleteBehavior.SetNull);
        });
        model.Entity<Page>().ToTable("pages");
        model.Entity<Bookmark>().ToTable("bookmarks");
        model.Entity<Account>().ToTable("accounts").Property(a => a.Mail).HasConversion(mail => mail!.Value, text => new Email(text));
    }

    private static EntityHook Hook<T>() => new() { Entity = typeof(T), Recorded = true, Map = new RedactionMap(typeof(T).Name, null) };
}
