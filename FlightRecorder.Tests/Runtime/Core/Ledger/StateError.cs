using System.Data.Common;

namespace FlightRecorder.Tests.Core.Transactions;

/// <summary>A provider's error with a SQLSTATE, or none.</summary>
internal sealed class StateError(string? state) : DbException
{
    public override string? SqlState { get; } = state;
}
