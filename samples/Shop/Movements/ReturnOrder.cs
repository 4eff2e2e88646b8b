using System.ComponentModel.DataAnnotations;
using FlightRecorder;

namespace Shop.Movements;

public sealed record ReturnOrder([Required, Badge, Redact] string Badge);
