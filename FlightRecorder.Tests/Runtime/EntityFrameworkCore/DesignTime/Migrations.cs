using FlightRecorder.Tests.EntityFrameworkCore.CompiledModels;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FlightRecorder.Tests.EntityFrameworkCore.DesignTime;

[DbContext(typeof(CatalogContext))]
[Migration("20260101000000_First")]
internal sealed class FirstMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "shelves",
        columns => new { Id = columns.Column<int>(), Name = columns.Column<string>() },
        constraints: table => table.PrimaryKey("PK_shelves", shelf => shelf.Id));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("shelves");
}

/// <summary>Moves data, as a migration may.</summary>
[DbContext(typeof(CatalogContext))]
[Migration("20260102000000_Second")]
internal sealed class SecondMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.InsertData("shelves", ["Id", "Name"], ["integer", "text"], [1, "A7"]);
        migrationBuilder.Sql("UPDATE shelves SET \"Name\" = 'A8' WHERE \"Id\" = 1");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DeleteData("shelves", "Id", "integer", 1);
}
