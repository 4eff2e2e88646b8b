using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace Shop.Reports;

/// <summary>Days in UTC, the first and the last one included.</summary>
public sealed record SalesPeriod : IValidatableObject
{
    private const int MaxDays = 366;

    [FromQuery(Name = "from"), Required]
    public DateOnly? From { get; init; }

    [FromQuery(Name = "to"), Required]
    public DateOnly? To { get; init; }

    [FromQuery(Name = "limit"), Range(1, 100)]
    public int Limit { get; init; } = 20;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (To < From || To?.DayNumber - From?.DayNumber >= MaxDays)
        {
            yield return new ValidationResult($"must not lie before from, nor be {MaxDays} days or more after it", ["to"]);
        }
    }
}
