namespace FlightRecorder.Generators.Emit;

/// <summary>The runtime's types as generated code names them.</summary>
internal static class RuntimeNames
{
    public const string Services = "global::FlightRecorder.CompilerServices.";
    public const string Conditions = Services + "RuleConditions.";
    public const string RedactionMap = Services + "RedactionMap";
    public const string MemberRule = Services + "MemberRule";
    public const string HandlerPlan = Services + "HandlerPlan";
    public const string HandlerIdentity = Services + "HandlerIdentity";
    public const string ContextHooks = Services + "ContextHooks";
    public const string EntityHook = Services + "EntityHook";
    public const string RequestFacts = "global::FlightRecorder.RequestFacts";
    public const string RedactMode = "global::FlightRecorder.RedactMode.";
    public const string KeepWhen = "global::FlightRecorder.KeepWhen.";
    public const string Bodies = "global::FlightRecorder.Bodies.";
}
