using FlightRecorder.Tests.EntityFrameworkCore.Model;

namespace FlightRecorder.Tests.EntityFrameworkCore.Mappings;

/// <summary>A table for the base, and one for each derived entity.</summary>
public abstract class Vehicle
{
    public int Id { get; set; }

    public int Wheels { get; set; }
}

public sealed class Car : Vehicle
{
    public int Doors { get; set; }
}

/// <summary>A table for each concrete entity, with all members.</summary>
public abstract class Shape
{
    public int Id { get; set; }

    public string Color { get; set; } = "";
}

public sealed class Circle : Shape
{
    public int Radius { get; set; }
}

/// <summary>The database computes, fills in and counts versions.</summary>
public sealed class Invoice
{
    public int Id { get; set; }

    public int Net { get; set; }

    public int Total { get; set; }

    public string? Clerk { get; set; }

    public Guid Stamp { get; set; }

    public uint Version { get; set; }
}

public sealed class Parcel
{
    public int Id { get; set; }

    public Size Size { get; set; } = new();

    public List<Stop> Stops { get; set; } = [];
}

public sealed class Size
{
    public int Width { get; set; }

    public Weight Weight { get; set; } = new();
}

public sealed class Weight
{
    public int Grams { get; set; }
}

public sealed class Stop
{
    public string City { get; set; } = "";
}

public sealed class Team
{
    public int Id { get; set; }

    public List<Player> Players { get; set; } = [];
}

public sealed class Player
{
    public int Id { get; set; }

    public List<Team> Teams { get; set; } = [];
}

public sealed class Folder
{
    public int Id { get; set; }

    public List<Page> Pages { get; set; } = [];

    public List<Bookmark> Bookmarks { get; set; } = [];
}

public sealed class Page
{
    public int Id { get; set; }

    public int FolderId { get; set; }
}

public sealed class Bookmark
{
    public int Id { get; set; }

    public int? FolderId { get; set; }
}

/// <summary>Its address is redacted, and stored otherwise than its text says.</summary>
public sealed class Account
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public Email? Mail { get; set; }
}
