namespace ShopAot.Http;

/// <summary>A refusal that the client may read.</summary>
public sealed class ShopException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public static ShopException NotFound(string what) => new(StatusCodes.Status404NotFound, "not_found", $"There is no {what}.");

    public static ShopException Invalid(string message) => new(StatusCodes.Status400BadRequest, "invalid_request", message);

    public static ShopException Conflict(string code, string message) => new(StatusCodes.Status409Conflict, code, message);
}
