using System.Globalization;

namespace FlightRecorder.Tests.Core.Redaction.Shapes;

/// <summary>Unique values: those that must be gone, and those that must stay.</summary>
internal static class Tokens
{
    public const string SecretMark = "sEcReT~";
    public const string OpenMark = "oPeN~";

    private static int s_count;

    public static string Secret() => Next(SecretMark);

    public static string Open() => Next(OpenMark);

    private static string Next(string mark) => mark + Interlocked.Increment(ref s_count).ToString("D5", CultureInfo.InvariantCulture) + "~";
}
