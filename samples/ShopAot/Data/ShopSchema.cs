using System.Data.Common;

namespace ShopAot.Data;

/// <summary>The tables and the first goods; made by <c>ShopAot schema</c>, an empty database is enough.</summary>
internal static class ShopSchema
{
    private const string Sql = """
        CREATE TABLE IF NOT EXISTS stock (
            sku text PRIMARY KEY, name text NOT NULL, on_hand integer NOT NULL CHECK (on_hand >= 0), price numeric(10,2) NOT NULL);
        CREATE TABLE IF NOT EXISTS stock_movements (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, sku text NOT NULL REFERENCES stock, quantity integer NOT NULL, reason text NOT NULL);
        CREATE TABLE IF NOT EXISTS orders (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, status text NOT NULL, customer_name text NOT NULL, phone text NOT NULL, total numeric(10,2) NOT NULL);
        CREATE TABLE IF NOT EXISTS order_lines (
            order_id bigint NOT NULL REFERENCES orders, sku text NOT NULL REFERENCES stock, quantity integer NOT NULL CHECK (quantity > 0), PRIMARY KEY (order_id, sku));
        INSERT INTO stock (sku, name, on_hand, price) VALUES ('tea', 'Green tea', 40, 4.50), ('cup', 'Stoneware cup', 6, 12.00), ('pot', 'Cast iron pot', 2, 89.90)
        ON CONFLICT DO NOTHING;
        """;

    public static async Task CreateAsync(DbDataSource source)
    {
        await using DbCommand command = source.CreateCommand(Sql);
        await command.ExecuteNonQueryAsync();
    }
}
