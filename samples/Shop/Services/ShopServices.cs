using Shop.Movements;
using Shop.Reports;

namespace Shop.Services;

internal static class ShopServices
{
    public static IServiceCollection AddShopServices(this IServiceCollection services) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton<CardGateway>()
        .AddScoped<CustomerService>()
        .AddScoped<OrderService>()
        .AddScoped<PaymentService>()
        .AddScoped<StockService>()
        .AddSingleton<MovementService>()
        .AddSingleton<ReportService>();
}
