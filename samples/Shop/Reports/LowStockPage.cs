using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace Shop.Reports;

/// <summary>A page of the products of which fewer than the threshold are available: those after an id, in the order of their ids.</summary>
public sealed record LowStockPage
{
    [FromQuery(Name = "threshold"), Range(0, 100_000)]
    public int Threshold { get; init; } = 10;

    [FromQuery(Name = "after"), Range(0, long.MaxValue)]
    public long After { get; init; }

    [FromQuery(Name = "limit"), Range(1, 100)]
    public int Limit { get; init; } = 20;
}
