namespace Shop.Contracts;

public sealed record HealthResponse(string Status);
