namespace FlightRecorder.PostgreSql;

/// <summary>The schema is not one that this version may write; the message says what to do.</summary>
internal sealed class SchemaRefusedException(string message) : InvalidOperationException(message);
