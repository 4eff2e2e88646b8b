using FlightRecorder.Tests.EntityFrameworkCore.Model;

namespace FlightRecorder.Tests.EntityFrameworkCore.Mappings.Atlas;

/// <summary>A column of each usual type.</summary>
public sealed class Gadget
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public decimal Price { get; set; }

    public double Ratio { get; set; }

    public long Big { get; set; }

    public bool IsNew { get; set; }

    public int? Stock { get; set; }

    public DateTime MadeAt { get; set; }

    public DateOnly Day { get; set; }

    public Guid Code { get; set; }

    public byte[] Photo { get; set; } = [];

    public List<string> Tags { get; set; } = [];
}

/// <summary>Its key comes from a sequence, in blocks.</summary>
public sealed class Ticket
{
    public int Id { get; set; }

    public string Text { get; set; } = "";
}

/// <summary>EF Core makes its key.</summary>
public sealed class Token
{
    public Guid Id { get; set; }

    public string Text { get; set; } = "";
}

/// <summary>Two members are its key.</summary>
public sealed class Seat
{
    public string Row { get; set; } = "";

    public int Number { get; set; }

    public bool IsTaken { get; set; }
}

public sealed class Member
{
    public int Id { get; set; }

    public Tier Tier { get; set; }

    public Email? Mail { get; set; }
}

/// <summary>Owns in its own row, as JSON, and in a table beside it.</summary>
public sealed class House
{
    public int Id { get; set; }

    public Address? Address { get; set; }

    public Blueprint? Blueprint { get; set; }

    public List<Room> Rooms { get; set; } = [];
}

public sealed class Blueprint
{
    public int Floors { get; set; }

    public List<Door> Doors { get; set; } = [];
}

public sealed class Door
{
    public string Color { get; set; } = "";
}

public sealed class Room
{
    public string Name { get; set; } = "";
}

/// <summary>Complex properties: in columns, absent, and as JSON.</summary>
public sealed class Crate
{
    public int Id { get; set; }

    public Size Size { get; set; } = new();

    public Sticker? Sticker { get; set; }

    public Sticker Stamp { get; set; } = new();
}

public sealed class Sticker
{
    public string Text { get; set; } = "";
}

/// <summary>One table for the base and all that derive from it.</summary>
public abstract class Pet
{
    public int Id { get; set; }

    public string Name { get; set; } = "";
}

public sealed class Cat : Pet
{
    public int Lives { get; set; }
}

public sealed class Bird : Pet
{
    public bool CanSpeak { get; set; }
}

/// <summary>Two entities in one row.</summary>
public sealed class Ship
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public ShipPaper Paper { get; set; } = null!;
}

public sealed class ShipPaper
{
    public int Id { get; set; }

    public string Flag { get; set; } = "";
}

/// <summary>One entity over the rows of two tables.</summary>
public sealed class Client
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public string Note { get; set; } = "";
}

/// <summary>Many-to-many with a column of its own between.</summary>
public sealed class Student
{
    public int Id { get; set; }

    public List<Course> Courses { get; set; } = [];

    public List<Enrollment> Enrollments { get; set; } = [];
}

public sealed class Course
{
    public int Id { get; set; }

    public List<Student> Students { get; set; } = [];
}

public sealed class Enrollment
{
    public int StudentId { get; set; }

    public int CourseId { get; set; }

    public int Mark { get; set; }
}

/// <summary>Refers to itself; EF Core takes the reference away from the children it knows.</summary>
public sealed class Node
{
    public int Id { get; set; }

    public int? ParentId { get; set; }

    public List<Node> Children { get; set; } = [];
}
