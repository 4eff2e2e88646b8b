using FlightRecorder;
using Microsoft.AspNetCore.Mvc;

namespace Shop.Reports;

[ApiController, Route("api/reports"), Record]
public sealed class ReportsController(ReportService reports) : ControllerBase
{
    [HttpGet("sales")]
    public async Task<ActionResult<SalesReport>> Sales([FromQuery] SalesPeriod period, CancellationToken cancellationToken)
        => await reports.SalesAsync(period, cancellationToken);

    [HttpGet("low-stock")]
    public async Task<ActionResult<IReadOnlyList<LowStockLine>>> LowStock([FromQuery] LowStockPage page, CancellationToken cancellationToken)
        => (await reports.LowStockAsync(page, cancellationToken)).ToList();
}
