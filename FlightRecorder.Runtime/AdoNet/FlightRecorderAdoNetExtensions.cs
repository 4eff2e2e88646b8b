using System.Data.Common;
using FlightRecorder.AdoNet;

namespace FlightRecorder;

/// <summary>Has the commands of ADO.NET data sources and connections recorded; Dapper runs over them as over plain ones.</summary>
public static class FlightRecorderAdoNetExtensions
{
    /// <summary>
    /// A data source whose connections, commands and batches add themselves to the recording they run in. Outside a recording they do
    /// nothing but call the provider. One that is decorated already is returned as it is: the first call's settings hold.
    /// </summary>
    /// <param name="dataSource">The provider's data source; disposed with the returned one.</param>
    /// <param name="configure">Changes what is recorded; see <see cref="AdoNetRecordingOptions"/> for limits and defaults.</param>
    /// <exception cref="FlightRecorderConfigurationException">A value is out of its range; the message names key, value and range.</exception>
    public static DbDataSource WithFlightRecorder(this DbDataSource dataSource, Action<AdoNetRecordingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        RecordingSettings settings = RecordingSettings.From(configure);
        return dataSource is RecordingDataSource ? dataSource : new RecordingDataSource(dataSource, settings);
    }

    /// <summary>
    /// A connection whose commands, batches and transactions add themselves to the recording they run in; open or closed, as it is.
    /// One that is decorated already is returned as it is: the first call's settings hold.
    /// </summary>
    /// <param name="connection">The provider's connection; disposed with the returned one.</param>
    /// <param name="configure">Changes what is recorded; see <see cref="AdoNetRecordingOptions"/> for limits and defaults.</param>
    /// <exception cref="FlightRecorderConfigurationException">A value is out of its range; the message names key, value and range.</exception>
    public static DbConnection WithFlightRecorder(this DbConnection connection, Action<AdoNetRecordingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        RecordingSettings settings = RecordingSettings.From(configure);
        return connection is RecordingConnection ? connection : RecordingConnection.Over(connection, settings);
    }

    /// <summary>
    /// The provider's own connection, for what only it can do, such as a bulk copy; a connection that is not decorated is returned as it is.
    /// What goes over it is not seen, which a gap says in a recording.
    /// </summary>
    public static DbConnection Unwrap(this DbConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection is not RecordingConnection decorated)
        {
            return connection;
        }

        AmbientHolder.Current?.Append(Gaps.Unwrapped);
        return decorated.Inner;
    }
}
