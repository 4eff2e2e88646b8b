using System.Data.Common;

namespace FlightRecorder.AdoNet;

/// <summary>What an app gave to a command or batch, and gets back from it: the provider holds its own object, the app its decorated one.</summary>
internal static class Given
{
    public static DbConnection? Connection(DbConnection? provider, RecordingConnection? decorated)
        => decorated is not null && ReferenceEquals(decorated.Inner, provider) ? decorated : provider;

    public static DbTransaction? Transaction(DbTransaction? provider, DbTransaction? given)
        => given is RecordingTransaction decorated && ReferenceEquals(decorated.Inner, provider) ? decorated : provider;

    /// <summary>The provider's transaction, unless its end was seen.</summary>
    public static DbTransaction? Open(DbTransaction? given)
        => given is RecordingTransaction decorated ? decorated.IsOver ? null : decorated.Inner : given;
}
