using System.ComponentModel.DataAnnotations;
using FlightRecorder;

namespace Shop.Contracts;

public sealed record RegisterCustomer(
    [Required, EmailAddress, StringLength(200)] string Email,
    [Required, StringLength(100, MinimumLength = 1)] string Name,
    [Required, StringLength(200, MinimumLength = 12), Redact] string Password);
