using System.ComponentModel;

namespace FlightRecorder.CompilerServices;

/// <summary>Where a handler saves. Made by generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SaveSite
{
    /// <summary>A call of <c>SaveChanges</c> or <c>SaveChangesAsync</c>.</summary>
    /// <param name="context">The DbContext's type as the handler sees it.</param>
    /// <param name="location">File and line of the call, relative to the repository root.</param>
    public SaveSite(Type context, string location)
    {
        Context = context;
        Location = location;
    }

    /// <summary>The DbContext's type as the handler sees it.</summary>
    public Type Context { get; }

    /// <summary>File and line of the call, relative to the repository root.</summary>
    public string Location { get; }
}
