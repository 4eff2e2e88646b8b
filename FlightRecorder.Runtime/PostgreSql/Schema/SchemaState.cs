namespace FlightRecorder.PostgreSql;

/// <summary>What a schema holds of ours.</summary>
/// <param name="Exists">Whether there is such a schema.</param>
/// <param name="Version">The version of its tables; 0 when there are none.</param>
/// <param name="StoreId">Tells this store from any other, one made anew in its place too.</param>
/// <param name="IsForeign">Whether tables of our names stand there that no migration of ours made.</param>
internal sealed record SchemaState(bool Exists, int Version, Guid? StoreId, bool IsForeign);
