namespace Shop.Contracts;

/// <summary>The body of every error: <c>{"error":{"code":…,"message":…},"request_id":…}</c>.</summary>
public sealed record ErrorResponse(ErrorDetail Error, string RequestId);

public sealed record ErrorDetail(string Code, string Message);
