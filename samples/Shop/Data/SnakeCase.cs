using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Shop.Data;

/// <summary>Columns are named as PostgreSQL people write them, so that SQL needs no quotes.</summary>
internal static class SnakeCase
{
    public static void NameColumns(ModelBuilder modelBuilder)
    {
        // A row version is PostgreSQL's own column xmin and keeps that name.
        foreach (IMutableProperty property in modelBuilder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()).Where(property => !property.IsConcurrencyToken))
        {
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }
}
