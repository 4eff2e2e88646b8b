using System.ComponentModel;

namespace FlightRecorder.CompilerServices;

/// <summary>All that the generator compiled for one assembly; handed to <see cref="GeneratedCode.Register"/> by its module initializer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GeneratedAssembly
{
    /// <summary>A type of the assembly: tells rules of equal file and line in two assemblies apart.</summary>
    public required Type Anchor { get; init; }

    /// <summary>The version of the generator that wrote the code; must equal the runtime's.</summary>
    public required string GeneratorVersion { get; init; }

    /// <summary>The plans of the handlers.</summary>
    public HandlerPlan[] Plans { get; init; } = [];

    /// <summary>
    /// The plan of the assembly-level rules, for handlers of this assembly that <see cref="Plans"/> does not list (lambdas
    /// without a rule of their own cannot be told apart in metadata); null without assembly-level rules. Its identity is not used.
    /// </summary>
    public HandlerPlan? Fallback { get; init; }

    /// <summary>The maps of the types that are recorded as bodies or rows, by type.</summary>
    public KeyValuePair<Type, RedactionMap>[] Maps { get; init; } = [];

    /// <summary>
    /// Maps of types that generated code can't name, private and open generic ones: what they mark counts where the type of a body is unknown.
    /// </summary>
    public RedactionMap[] Nameless { get; init; } = [];

    /// <summary>The hooks of the recorded DbContexts.</summary>
    public ContextHooks[] Contexts { get; init; } = [];

    /// <summary>Entities that carry <see cref="RecordAttribute"/> themselves: recorded in whichever context.</summary>
    public EntityHook[] Entities { get; init; } = [];

    /// <summary>Makes the table of the constant SQL texts; null without any. Called when the first text is looked up.</summary>
    public Func<ConstantSql[]>? Sql { get; init; }
}
