using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore.CompiledModels;

/// <summary>Its model is in <c>Generated</c>, as <c>dotnet ef dbcontext optimize</c> writes it.</summary>
public sealed class CatalogContext(DbContextOptions<CatalogContext> options) : DbContext(options)
{
    public DbSet<Article> Articles => Set<Article>();

    protected override void OnModelCreating(ModelBuilder model) => model.Entity<Article>(article =>
    {
        article.ToTable("articles");
        article.Property(a => a.Grade).HasConversion<string>();
        article.Property<string?>("Shelf");
        article.ComplexProperty(a => a.Price);
        article.OwnsOne(a => a.Maker);
    });
}

public sealed class Article
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public string Supplier { get; set; } = "";

    public Grade Grade { get; set; }

    public Price Price { get; set; } = new();

    public Maker? Maker { get; set; }
}

public enum Grade
{
    Plain,
    Fine,
}

public sealed class Price
{
    public decimal Net { get; set; }
}

public sealed class Maker
{
    public string City { get; set; } = "";
}
