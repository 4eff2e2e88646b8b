namespace ShopAot.Contracts;

public sealed record HealthResponse(string Status);
