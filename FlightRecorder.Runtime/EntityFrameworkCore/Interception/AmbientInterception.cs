using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// Has EF Core ask <see cref="AmbientInterceptors"/> for interceptors. An app that builds EF Core's services itself goes without: then
/// the recorders are asked always, and EF Core makes event data for them outside of recordings too.
/// </summary>
internal sealed class AmbientInterception : IDbContextOptionsExtension
{
    public AmbientInterception(ConnectionCheck check)
    {
        Info = new Facts(this);
        Check = check;
    }

    /// <summary>Whether a connection of these options was looked at yet.</summary>
    public ConnectionCheck Check { get; }

    public DbContextOptionsExtensionInfo Info { get; }

    public void ApplyServices(IServiceCollection services)
        => services.Replace(ServiceDescriptor.Scoped<IInterceptors>(static provider => new AmbientInterceptors(provider)));

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class Facts(IDbContextOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "using FlightRecorder ";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is Facts;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["FlightRecorder"] = "1";
    }
}
