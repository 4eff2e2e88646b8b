using System.ComponentModel.DataAnnotations;
using FlightRecorder;

namespace Shop.Contracts;

public sealed record PayOrder(
    [Required, RegularExpression("^[0-9]{13,19}$", ErrorMessage = "must have 13 to 19 digits"), Redact] string CardNumber,
    [Required, RegularExpression("^[0-9]{3,4}$", ErrorMessage = "must have 3 or 4 digits"), Redact] string Cvv,
    [Required, RegularExpression("^(0[1-9]|1[0-2])/[0-9]{2}$", ErrorMessage = "must be MM/YY")] string Expires);
