using System.Text.Json;

namespace FlightRecorder.Tests.Testing.Filling;

public sealed class FillTests
{
    private readonly RecordingProbe _probe = RecordingProbe.ForJournal("nowhere");

    [OneTimeTearDown]
    public void Stop() => _probe.Dispose();

    [Test]
    public void Each_marked_member_at_any_depth_gets_a_token_of_its_own()
    {
        using RedactionCanary canary = new(_probe, new CanaryOptions { Seed = 1 });
        Order order = canary.Fill<Order>();
        Assert.Multiple(() =>
        {
            Assert.That(canary.Tokens.Select(token => token.Value), Is.Unique);
            Assert.That(canary.Tokens.Select(token => token.Member), Is.SupersetOf(new[]
            {
                "Order.Note", "Order.Buyer.Phone", "Order.Buyer.PersonNumber", "Order.Buyer.Password", "Order.Buyer.Partner.Phone", "Order.Guests[0].Phone",
                "Order.Guests[1].Password", "Order.Phrases[1]", "Order.ByRole[key].Phone", "Order.Answers (a key)", "Order.Answers[key]",
                "Order.Home.Street", "Order.Home.Lines[0]", "Order.Home.Id", "Order.Home.Since", "Order.Payment.Reference", "Order.Payment.Number",
            }));
            string json = JsonSerializer.Serialize(order, JsonSerializerOptions.Web);
            Assert.That(canary.Tokens.Where(token => !json.Contains(token.Value, StringComparison.Ordinal)), Is.Empty);
        });
    }

    [Test]
    public void What_is_not_marked_gets_a_plain_value()
    {
        using RedactionCanary canary = new(_probe);
        Order order = canary.Fill<Order>();
        Assert.That((order.Quantity, order.Buyer.Name, order.Buyer.PageToken, order.ByRole.Keys.Single()), Is.EqualTo((1, "plain", "plain", "plain")));
    }

    [Test]
    public void What_was_not_tried_is_listed()
    {
        using RedactionCanary canary = new(_probe);
        canary.Fill<Order>();
        Assert.That(canary.NotCarried.Single().Member, Is.EqualTo("Order.Payment"));
        Assert.That(canary.NotCarried.Single().Why, Does.Contain("CardPayment").And.Contain("not tried as TransferPayment"));
    }

    [Test]
    public void Numbers_times_ids_bytes_and_constrained_texts_carry_tokens()
    {
        using RedactionCanary canary = new(_probe);
        EveryKind filled = canary.Fill<EveryKind>();
        string json = JsonSerializer.Serialize(filled);
        Assert.Multiple(() =>
        {
            Assert.That(canary.NotCarried, Is.Empty);
            Assert.That(canary.Tokens, Has.Count.EqualTo(13));
            Assert.That(canary.Tokens.Where(token => !json.Contains(token.Value, StringComparison.Ordinal)), Is.Empty, json);
            Assert.That(filled.Short, Has.Length.EqualTo(12));
            Assert.That(filled.Email, Does.EndWith("@canary.invalid"));
        });
    }

    [Test]
    public void A_member_without_room_for_a_token_is_listed_with_the_reason()
    {
        using RedactionCanary canary = new(_probe);
        canary.Fill<NoRoom>();
        Assert.That(canary.Tokens.Select(token => token.Member), Is.EqualTo(new[] { "NoRoom.Written" }));
        Assert.That(canary.NotCarried.Select(member => $"{member.Member}: {member.Why.Split(' ')[^1]}"), Is.EqualTo(new[]
        {
            "NoRoom.Flag: unique", "NoRoom.Level: values", "NoRoom.Small: unique", "NoRoom.Tiny: CanaryOptions.Values", "NoRoom.Code: CanaryOptions.Values",
            "NoRoom.Age: number", "NoRoom.Secret: JSON", "NoRoom.Computed: set",
        }));
    }

    [Test]
    public void A_value_of_ones_own_is_the_token_where_rules_leave_no_room()
    {
        using RedactionCanary canary = new(_probe, new CanaryOptions { Values = new Dictionary<string, object?> { ["Code"] = "QX-481516", ["NoRoom.Tiny"] = "?" } });
        Assert.That(canary.Fill<NoRoom>().Code, Is.EqualTo("QX-481516"));
        Assert.That(canary.Tokens, Does.Contain(new CanaryToken("NoRoom.Code", "QX-481516")));
    }

    [Test]
    public void A_value_of_ones_own_that_is_too_short_is_refused()
    {
        using RedactionCanary canary = new(_probe, new CanaryOptions { Values = new Dictionary<string, object?> { ["Code"] = "QX" } });
        Assert.That(() => canary.Fill<NoRoom>(), Throws.ArgumentException.With.Message.Contains("NoRoom.Code"));
    }

    [Test]
    public void An_enum_carries_an_undeclared_number_when_asked()
    {
        using RedactionCanary canary = new(_probe, new CanaryOptions { UndeclaredEnumValues = true });
        NoRoom filled = canary.Fill<NoRoom>();
        Assert.That(canary.Tokens[0], Is.EqualTo(new CanaryToken("NoRoom.Level", ((int)filled.Level).ToString())));
    }

    [Test]
    public void All_members_of_a_marked_type_carry_tokens()
    {
        using RedactionCanary canary = new(_probe);
        canary.Fill<Holder>();
        Assert.That(canary.Tokens.Select(token => token.Member), Is.EqualTo(new[]
        {
            "Holder.Whole.Text", "Holder.Whole.Number", "Holder.More[0].Text", "Holder.More[0].Number", "Holder.More[1].Text", "Holder.More[1].Number",
        }));
    }

    [Test]
    public void A_template_keeps_what_is_not_marked()
    {
        using RedactionCanary canary = new(_probe);
        var order = new Order("old", 7, new Person { Name = "Ada" }, [new Person { Name = "Bob" }], ["old"], new() { ["cook"] = new Person() }, [], new("x", [], default, default), new TransferPayment());
        canary.Fill(order);
        Assert.Multiple(() =>
        {
            Assert.That((order.Quantity, order.Buyer.Name, order.Guests[0].Name), Is.EqualTo((7, "Ada", "Bob")));
            Assert.That(canary.Tokens.Select(token => token.Member), Does.Contain("Order.Note").And.Contain("Order.Guests[0].Phone").And.Contain("Order.ByRole[0].Phone"));
            Assert.That(canary.Tokens.Select(token => token.Value), Does.Contain(((TransferPayment)order.Payment).Account).And.Contain(order.Payment.Reference));
        });
    }

    [Test]
    public void The_same_seed_makes_the_same_tokens()
    {
        using RedactionCanary one = new(_probe, new CanaryOptions { Seed = 5 });
        using RedactionCanary other = new(_probe, new CanaryOptions { Seed = 5 });
        one.Fill<Order>();
        other.Fill<Order>();
        Assert.That(other.Tokens, Is.EqualTo(one.Tokens));
    }
}
