using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlightRecorder.Tests.Testing.Filling;

internal sealed record Order(
    [Redact] string Note,
    int Quantity,
    Person Buyer,
    List<Person> Guests,
    [Redact] string[] Phrases,
    Dictionary<string, Person> ByRole,
    [Redact] Dictionary<string, string> Answers,
    [Redact] Address Home,
    Payment Payment);

internal class Person
{
    public string Name { get; set; } = "";

    [Redact(RedactMode.Last4)]
    public string? Phone { get; init; }

    [Redact(RedactMode.Remove)]
    public long PersonNumber { get; private set; }

    public string Password { get; set; } = "";

    [Reveal]
    public string PageToken { get; set; } = "";

    public Person? Partner { get; set; }
}

internal sealed record Address(string Street, string[] Lines, Guid Id, DateTime Since);

[JsonDerivedType(typeof(CardPayment), "card")]
[JsonDerivedType(typeof(TransferPayment), "transfer")]
internal abstract class Payment
{
    [Redact]
    public abstract string Reference { get; set; }
}

internal sealed class CardPayment : Payment
{
    public override string Reference { get; set; } = "";

    [Redact, CreditCard]
    public string Number { get; set; } = "";
}

internal sealed class TransferPayment : Payment
{
    public override string Reference { get; set; } = "";

    [Redact]
    public string Account { get; set; } = "";
}

internal enum Level
{
    Low,
    High,
}

internal sealed class EveryKind
{
    [Redact] public int Int { get; set; }

    [Redact] public long? Long { get; set; }

    [Redact] public decimal Decimal { get; set; }

    [Redact] public double Double { get; set; }

    [Redact] public Guid Guid { get; set; }

    [Redact] public DateTimeOffset Moment { get; set; }

    [Redact] public DateOnly Day { get; set; }

    [Redact] public Uri? Link { get; set; }

    [Redact] public byte[]? Bytes { get; set; }

    [Redact] public JsonElement Json { get; set; }

    [Redact] public object? Anything { get; set; }

    [Redact, EmailAddress] public string Email { get; set; } = "";

    [Redact, StringLength(12)] public string Short { get; set; } = "";
}

internal sealed class NoRoom
{
    [Redact] public bool Flag { get; set; }

    [Redact] public Level Level { get; set; }

    [Redact] public short Small { get; set; }

    [Redact, StringLength(6)] public string Tiny { get; set; } = "";

    [Redact, RegularExpression("^[A-Z]{2}-[0-9]{6}$")] public string Code { get; set; } = "";

    [Redact, System.ComponentModel.DataAnnotations.Range(1, 99)] public int Age { get; set; }

    [JsonIgnore] public string Secret { get; set; } = "";

    [Redact] public string Computed => "always";

    [Redact] public string Written { get; set; } = "";
}

[Redact]
internal sealed record Whole(string Text, int Number);

internal sealed record Holder(Whole Whole, Whole[] More, Level Level);
