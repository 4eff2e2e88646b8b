using FlightRecorder.Tests.EntityFrameworkCore.CompiledModels.Generated;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace FlightRecorder.Tests.EntityFrameworkCore.CompiledModels;

/// <summary>A model that the tools wrote into the code records as the one that EF Core builds at start.</summary>
public sealed class CompiledModelTests : DatabaseTest
{
    private const string Lamp = """{Id=1,Grade=Fine,Name=Lamp,Shelf=null,Supplier=hush-hush,Price={"Net":9.5},Maker={"City":"Ulm"}}""";
    private const string MovedLamp = """{Id=1,Grade=Fine,Name=Lamp,Shelf=A7,Supplier=hush-hush,Price={"Net":10},Maker={"City":"Bonn"}}""";

    [OneTimeSetUp]
    public async Task CreateTablesAsync()
    {
        CatalogHooks.Register();
        await using CatalogContext context = Open(null);
        await context.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
    }

    [Test]
    public async Task Its_saves_have_their_rows()
    {
        RecordedOperation recorded = await RecordChangesAsync(CatalogContextModel.Instance);

        Assert.That(recorded.Mutations.Where(mutation => !mutation.SetBased).Select(MutationText.Of), Is.EqualTo(new[]
        {
            $"insert Article articles [Id=1] - → {Lamp} Committed",
            $"update Article articles [Id=1] {Lamp} → {MovedLamp} ~Shelf,Price.Net,Maker.City Committed",
            $"delete Article articles [Id=1] {MovedLamp} → - Committed",
        }));
        Assert.That(recorded.Gaps, Is.Empty);
    }

    [Test]
    public async Task What_is_hidden_is_hidden_in_its_parameters()
    {
        RecordedOperation recorded = await RecordChangesAsync(CatalogContextModel.Instance);

        Assert.That(recorded.Commands.Select(command => MutationText.Row(command.Parameters)), Is.All.Not.Contains("hush-hush"));
        Assert.That(MutationText.Row(recorded.Commands[0].Parameters), Does.Contain("[REDACTED]").And.Contain("=Lamp"));
    }

    [Test]
    public async Task All_is_recorded_as_with_the_model_that_EF_Core_builds()
    {
        RecordedOperation built = await RecordChangesAsync(null);
        RecordedOperation compiled = await RecordChangesAsync(CatalogContextModel.Instance);

        Assert.That(Lines(compiled), Is.EqualTo(Lines(built)));
        Assert.That(built.Mutations, Has.Count.EqualTo(4));
    }

    private async Task<RecordedOperation> RecordChangesAsync(IModel? model)
    {
        await using CatalogContext context = Open(model);
        Assert.That(ReferenceEquals(context.Model, CatalogContextModel.Instance), Is.EqualTo(model is not null));
        await context.Database.ExecuteSqlRawAsync("TRUNCATE articles RESTART IDENTITY");
        return await RecordAsync(async () =>
        {
            var lamp = new Article { Name = "Lamp", Supplier = "hush-hush", Grade = Grade.Fine, Price = new Price { Net = 9.5m }, Maker = new Maker { City = "Ulm" } };
            context.Add(lamp);
            await context.SaveChangesAsync();
            lamp.Price.Net = 10;
            lamp.Maker.City = "Bonn";
            context.Entry(lamp).Property("Shelf").CurrentValue = "A7";
            await context.SaveChangesAsync();
            await context.Articles.Where(article => article.Grade == Grade.Fine).ExecuteUpdateAsync(set => set.SetProperty(article => article.Supplier, "hush-again"));
            context.Remove(lamp);
            await context.SaveChangesAsync();
        });
    }

    private static string[] Lines(RecordedOperation recorded)
        => [.. recorded.Mutations.Select(mutation => $"{MutationText.Of(mutation)} {mutation.Sql} {MutationText.Row(mutation.Parameters)}"), recorded.Gap];

    private CatalogContext Open(IModel? model)
    {
        DbContextOptionsBuilder<CatalogContext> builder = new DbContextOptionsBuilder<CatalogContext>().UseNpgsql(ConnectionString).UseFlightRecorder();
        return new CatalogContext((model is null ? builder : builder.UseModel(model)).Options);
    }
}
