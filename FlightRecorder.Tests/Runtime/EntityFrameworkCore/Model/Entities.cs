namespace FlightRecorder.Tests.EntityFrameworkCore.Model;

public enum Tier
{
    Basic,
    Gold,
}

public sealed class Customer
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public string Password { get; set; } = "";

    public Tier Tier { get; set; }

    public Email? Email { get; set; }

    public Address? Address { get; set; }

    public Money Balance { get; set; } = new();

    public List<Phone> Phones { get; set; } = [];

    public List<string> Tags { get; set; } = [];
}

public sealed class Email(string text)
{
    public string Value { get; } = text;

    public override string ToString() => Value == "no text" ? throw new NotSupportedException() : "mail:" + Value;
}

public sealed class Address
{
    public string Street { get; set; } = "";

    public string DoorCode { get; set; } = "";
}

public sealed class Money
{
    public decimal Amount { get; set; }

    public string Currency { get; set; } = "EUR";
}

public sealed class Phone
{
    public string Number { get; set; } = "";
}

public sealed class Order
{
    public int Id { get; set; }

    public string Number { get; set; } = "";

    public int Qty { get; set; }

    public List<OrderLine> Lines { get; set; } = [];

    public List<Label> Labels { get; set; } = [];
}

public sealed class Label
{
    public int Id { get; set; }

    public string Text { get; set; } = "";

    public List<Order> Orders { get; set; } = [];
}

public sealed class OrderLine
{
    public string Sku { get; set; } = "";
}

public abstract class Animal
{
    public int Id { get; set; }

    public string Name { get; set; } = "";
}

public sealed class Dog : Animal
{
    public bool Barks { get; set; }
}

/// <summary>Stands for an entity with [DoNotRecord].</summary>
public sealed class Diary
{
    public int Id { get; set; }

    public string Text { get; set; } = "";
}

/// <summary>An entity that the generator did not see.</summary>
public sealed class Stranger
{
    public int Id { get; set; }

    public string Secret { get; set; } = "";
}

/// <summary>Stands for an entity that carries [Record] itself.</summary>
public sealed class Voucher
{
    public int Id { get; set; }

    public string Code { get; set; } = "";
}
