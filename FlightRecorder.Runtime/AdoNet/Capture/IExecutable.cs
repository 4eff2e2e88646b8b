namespace FlightRecorder.AdoNet;

/// <summary>A decorated command or batch, as its runs see it.</summary>
internal interface IExecutable
{
    RecordingSettings Settings { get; }

    /// <summary>The provider's command or batch.</summary>
    object Provider { get; }

    /// <summary>What the decorated connection knows; null where there is none.</summary>
    ConnectionTransactions? Transactions { get; }

    /// <summary>Where the next run happens.</summary>
    ExecutionPlace Place();
}
