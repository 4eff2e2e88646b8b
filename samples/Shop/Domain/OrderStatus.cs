namespace Shop.Domain;

public enum OrderStatus
{
    Placed,
    Paid,
    Shipped,
    Returned,
}
