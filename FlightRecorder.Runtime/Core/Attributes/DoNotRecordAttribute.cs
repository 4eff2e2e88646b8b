namespace FlightRecorder;

/// <summary>Keeps an endpoint, a controller or an entity out of every recording; wins over every <see cref="RecordAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class DoNotRecordAttribute : Attribute;
