namespace FlightRecorder.AdoNet;

/// <summary>What an app does with a transaction object.</summary>
internal enum TransactionStep
{
    Commit,
    RollBack,
    Save,
    RollBackTo,
    Release,
    Dispose,
}
