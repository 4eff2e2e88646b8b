namespace FlightRecorder.Tests.Support;

/// <summary>A text is not what was verified.</summary>
public sealed class SnapshotMismatchException(string difference, string verified, string received)
    : Exception($"{difference}{Environment.NewLine}verified: {verified}{Environment.NewLine}received: {received}");
