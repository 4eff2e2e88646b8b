using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace Shop.Movements;

/// <summary>A page of a product's movements: those before an id, newest first.</summary>
public sealed record ListMovements
{
    [FromQuery(Name = "before"), Range(1, long.MaxValue)]
    public long Before { get; init; } = long.MaxValue;

    [FromQuery(Name = "limit"), Range(1, 100)]
    public int Limit { get; init; } = 20;
}
