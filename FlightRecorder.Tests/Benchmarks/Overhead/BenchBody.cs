using System.Globalization;
using System.Text;

namespace FlightRecorder.Benchmarks.Overhead;

/// <summary>The request body of the overhead benchmark: 1 KB of JSON as an order looks.</summary>
internal static class BenchBody
{
    public static string Json { get; } = Make();

    private static string Make()
    {
        var json = new StringBuilder("""{"id":"3f9b2c10-55aa-4d1e-9c5e-b6a7d2f0c111","customer":"Grace Hopper","card":"4111111111111111","status":"new","lines":[""");
        for (int i = 0; i < 12; i++)
        {
            json.Append(CultureInfo.InvariantCulture, $$"""{{(i == 0 ? "" : ",")}}{"product":"SKU-{{1000 + i}}-BLUE","quantity":{{i + 1}},"price":{{i}}.95}""");
        }

        json.Append("],\"note\":\"");
        json.Append('n', 1024 - json.Length - 2);
        return json.Append("\"}").ToString();
    }
}
