using FlightRecorder;

namespace App;

internal sealed record NewCustomer(string Name, [property: Redact] string Nickname);

internal sealed record Greeting(string Name);
