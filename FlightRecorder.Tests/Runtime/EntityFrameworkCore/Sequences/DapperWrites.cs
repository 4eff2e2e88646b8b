using System.Data.Common;
using Dapper;
using Npgsql;

namespace FlightRecorder.Tests.EntityFrameworkCore.Sequences;

/// <summary>The steps of a sequence that go through Dapper, over the decorated connection.</summary>
internal sealed class DapperWrites(NpgsqlConnection connection, Func<int> nextMark)
{
    private readonly DbConnection _connection = connection.WithFlightRecorder();
    private int _last;

    public Task ExecuteAsync(string sql) => _connection.ExecuteAsync(sql);

    public ValueTask<DbTransaction> BeginAsync() => _connection.BeginTransactionAsync();

    public async Task RunAsync(Random random)
    {
        int mark = nextMark();
        switch (random.Next(5))
        {
            case 0 or 1:
                _last = mark;
                await _connection.ExecuteAsync("INSERT INTO orders (\"Number\", qty) VALUES ('d' || @mark, @mark)", new { mark });
                break;
            case 2:
                await _connection.ExecuteAsync("UPDATE orders SET qty = @mark WHERE \"Number\" = 'd' || @last", new { mark, last = _last });
                break;
            case 3:
                await _connection.ExecuteAsync("DELETE FROM orders WHERE qty = @mark", new { mark = _last });
                break;
            default:
                await _connection.ExecuteAsync("INSERT INTO orders (\"Number\", qty) VALUES ('d' || @mark, -1)", new { mark });
                break;
        }
    }
}
