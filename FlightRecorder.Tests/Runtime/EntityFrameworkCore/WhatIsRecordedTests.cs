using FlightRecorder.Tests.EntityFrameworkCore.Model;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore;

public sealed class WhatIsRecordedTests : DatabaseTest
{
    [Test]
    public async Task A_context_without_Record_gives_commands_and_one_gap_but_no_rows()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using var context = new PlainContext(Options<PlainContext>());
            await SaveAsync(context, new Stranger { Secret = "hush-hush" });
            await SaveAsync(context, new Stranger { Secret = "hush-hush" });
        });

        Assert.That(recorded.Mutations, Is.Empty);
        Assert.That(recorded.Commands, Has.Count.EqualTo(2));
        Assert.That(recorded.Gap, Is.EqualTo("mutations: DbContext PlainContext carries no [Record]"));
        Assert.That(MutationText.Row(recorded.Commands[0].Parameters), Is.EqualTo("p0=[REDACTED]"));
    }

    [Test]
    public async Task A_context_without_Record_that_only_reads_has_no_gap()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using var context = new PlainContext(Options<PlainContext>());
            await context.Strangers.ToListAsync();
        });

        Assert.That(recorded.Commands, Has.Count.EqualTo(1));
        Assert.That(recorded.Gaps, Is.Empty);
    }

    [Test]
    public async Task A_marked_entity_is_recorded_in_a_context_without_Record()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using var context = new PlainContext(Options<PlainContext>());
            await SaveAsync(context, new Voucher { Code = "X1" });
        });

        Assert.That(recorded.Text, Is.EqualTo("insert Voucher vouchers [Id=1] - → {Id=1,Code=X1} Committed"));
        Assert.That(recorded.Mutations[0].Map, Is.SameAs(ShopHooks.VoucherMap));
        Assert.That(recorded.Gaps, Is.Empty);
    }

    [Test]
    public async Task An_entity_with_DoNotRecord_leaves_neither_row_nor_parameters()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await SaveAsync(context, new Diary { Text = "dear diary" });
        });

        Assert.That(recorded.Mutations, Is.Empty);
        Assert.That(recorded.Gaps, Is.Empty);
        Assert.That(MutationText.Row(recorded.Commands[0].Parameters), Is.EqualTo("p0=[REDACTED]"));
    }

    [Test]
    public async Task An_entity_that_the_generator_did_not_see_fails_closed()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await SaveAsync(context, new Stranger { Secret = "hush-hush" });
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Stranger - Committed"));
        Assert.That(recorded.Mutations[0].Map, Is.Null);
        Assert.That(MutationText.Row(recorded.Mutations[0].Parameters), Is.EqualTo("p0=[REDACTED]"));
    }

    [Test]
    public async Task A_derived_context_inherits_what_its_base_records()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using var context = new BranchContext(Options<BranchContext>());
            await SaveAsync(context, new Order { Number = "A1", Qty = 1 });
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order - Committed"));
    }

    [Test]
    public async Task Several_contexts_of_one_recording_are_told_apart()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext shop = Open();
            await using var plain = new PlainContext(Options<PlainContext>());
            shop.Add(new Order { Number = "A1", Qty = 1 });
            plain.Add(new Voucher { Code = "X1" });
            await plain.SaveChangesAsync();
            await shop.SaveChangesAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Voucher - Committed\ninsert Order - Committed"));
    }

    [Test]
    public async Task A_hidden_member_is_hidden_in_the_parameters_too()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await SaveAsync(context, new Customer { Name = "Ann", Password = "pw1", Address = new Address { Street = "Main", DoorCode = "77" } });
        });

        string parameters = MutationText.Row(recorded.Commands[0].Parameters);
        Assert.That(parameters, Does.Contain("=Ann").And.Contain("=Main"));
        Assert.That(parameters, Does.Not.Contain("pw1").And.Not.Contain("=77"));
    }

    private static async Task SaveAsync(DbContext context, object entity)
    {
        context.Add(entity);
        await context.SaveChangesAsync();
    }
}
