namespace Shop.Domain;

/// <summary>A refusal that the client may read: status, stable code, message.</summary>
public sealed class ShopException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public static ShopException NotFound(string what) => new(StatusCodes.Status404NotFound, "not_found", $"There is no such {what}.");

    public static ShopException Conflict(string code, string message) => new(StatusCodes.Status409Conflict, code, message);

    public static ShopException Declined(string message) => new(StatusCodes.Status402PaymentRequired, "payment_declined", message);
}
