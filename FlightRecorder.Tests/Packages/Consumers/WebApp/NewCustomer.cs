using FlightRecorder;

namespace WebApp;

public sealed record NewCustomer(string Name, [property: Redact] string Nickname);

public sealed record Greeting(string Name);
