using FlightRecorder.Tests.EntityFrameworkCore.CompiledModels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace FlightRecorder.Tests.EntityFrameworkCore.DesignTime;

/// <summary>As an app has it for the tools of EF Core, which start nothing of the app but this; the connection string is what they hand on.</summary>
internal sealed class CatalogFactory : IDesignTimeDbContextFactory<CatalogContext>
{
    public CatalogContext CreateDbContext(string[] args)
        => new(new DbContextOptionsBuilder<CatalogContext>().UseNpgsql(args[0]).UseFlightRecorder().Options);
}
