using System.Data.Common;

namespace FlightRecorder;

/// <summary>A connection of ours around a provider's. Adapters know a transaction by the provider's connection, however it is reached.</summary>
internal interface IDecoratedConnection
{
    DbConnection Inner { get; }
}
