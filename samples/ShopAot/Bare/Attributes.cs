// What the service says to the recorder, understood by nobody: the variant that shows what the recorder adds to the binary.
namespace FlightRecorder;

[AttributeUsage(AttributeTargets.Method)]
internal sealed class RecordAttribute : Attribute;

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class RedactAttribute : Attribute;
