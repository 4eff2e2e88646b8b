using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace Shop.Contracts;

/// <summary>A page of a customer's orders: those after an id, in the order of their ids.</summary>
public sealed record ListOrders
{
    [FromQuery(Name = "customer_id"), Range(1, long.MaxValue)]
    public long CustomerId { get; init; }

    [FromQuery(Name = "after"), Range(0, long.MaxValue)]
    public long After { get; init; }

    [FromQuery(Name = "limit"), Range(1, 100)]
    public int Limit { get; init; } = 20;
}
