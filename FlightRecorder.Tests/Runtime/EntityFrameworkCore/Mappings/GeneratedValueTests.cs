using FlightRecorder.Tests.EntityFrameworkCore.Model;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore.Mappings;

public sealed class GeneratedValueTests : MappingTest
{
    [Test]
    public async Task What_the_database_generates_is_read_after_the_save()
    {
        RecordedOperation recorded = await SaveAsync(async context => await context.AddAsync(new Invoice { Net = 10 }));

        NamedValue[][]? after = recorded.Mutations.Single().After;
        Assert.That(Member(after, "Total"), Is.EqualTo("Total=20"));
        Assert.That(Member(after, "Clerk"), Is.EqualTo("Clerk=by default"));
        Assert.That(Member(after, "Version"), Is.Not.EqualTo("Version=0"));
    }

    [Test]
    public async Task A_version_and_a_computed_value_differ_before_and_after()
    {
        await SeedAsync(new Invoice { Net = 10 });

        RecordedOperation recorded = await SaveAsync(async context => (await context.Invoices.SingleAsync()).Net = 11);

        MutationEntry mutation = recorded.Mutations.Single();
        Assert.That(Member(mutation.Before, "Total") + Member(mutation.After, "Total"), Is.EqualTo("Total=20Total=22"));
        Assert.That(Member(mutation.Before, "Version"), Is.Not.EqualTo(Member(mutation.After, "Version")));
        Assert.That(mutation.Changed, Is.EqualTo(new[] { "Net" }));
    }

    [Test]
    public async Task A_row_version_that_another_writer_changed_rolls_back()
    {
        await SeedAsync(new Invoice { Net = 10 });

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using MappingContext context = Mapped();
            Invoice invoice = await context.Invoices.SingleAsync();
            await using (MappingContext other = Mapped())
            {
                await other.Database.ExecuteSqlRawAsync("UPDATE invoices SET \"Clerk\" = 'other'");
            }

            invoice.Net = 11;
            Assert.CatchAsync<DbUpdateConcurrencyException>(() => context.SaveChangesAsync());
        });

        Assert.That(recorded.Outcomes, Does.EndWith("update Invoice - RolledBack"));
    }

    [Test]
    public async Task A_concurrency_token_of_the_app_has_both_its_values()
    {
        await SeedAsync(new Invoice { Net = 10, Stamp = Guid.Parse("11111111-1111-1111-1111-111111111111") });

        RecordedOperation recorded = await SaveAsync(async context => (await context.Invoices.SingleAsync()).Stamp = Guid.Parse("22222222-2222-2222-2222-222222222222"));

        Assert.That(Member(recorded.Mutations.Single().Before, "Stamp"), Does.EndWith("1111"));
        Assert.That(Member(recorded.Mutations.Single().After, "Stamp"), Does.EndWith("2222"));
    }

    [Test]
    public async Task A_shadow_property_has_its_values()
    {
        await SeedAsync(new Invoice { Net = 10 });

        RecordedOperation recorded = await SaveAsync(async context => context.Entry(await context.Invoices.SingleAsync()).Property("Region").CurrentValue = "north");

        Assert.That(Member(recorded.Mutations.Single().Before, "Region") + Member(recorded.Mutations.Single().After, "Region"), Is.EqualTo("Region=nullRegion=north"));
        Assert.That(recorded.Mutations.Single().Changed, Is.EqualTo(new[] { "Region" }));
    }

    [Test]
    public async Task A_hidden_value_is_hidden_as_its_converter_sends_it()
    {
        RecordedOperation recorded = await SaveAsync(async context => await context.AddAsync(new Account { Name = "Ann", Mail = new Email("a@b") }));

        Assert.That(MutationText.Row(recorded.Mutations.Single().Parameters), Does.Contain("=Ann").And.Contain("[REDACTED]").And.Not.Contain("a@b"));
    }
}
