using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// Puts <see cref="AmbientInterceptors"/> into the provider that EF Core makes, and does nothing where the app names one of its own,
/// whether before or after: there EF Core refuses a replaced service.
/// </summary>
internal sealed class AmbientInterceptorsExtension : IDbContextOptionsExtension
{
    public AmbientInterceptorsExtension() => Info = new Told(this);

    public DbContextOptionsExtensionInfo Info { get; }

    public void ApplyServices(IServiceCollection services) => services.AddScoped<IInterceptors, AmbientInterceptors>();

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class Told(IDbContextOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is Told;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["FlightRecorder:AmbientInterceptors"] = "1";
    }
}
