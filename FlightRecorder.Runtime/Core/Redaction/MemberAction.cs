namespace FlightRecorder;

/// <summary>What happens to the value of one member: hidden in some way, or written under the map that applies inside it.</summary>
internal readonly struct MemberAction
{
    private readonly byte _mode;

    private MemberAction(byte mode, CompiledMap next)
    {
        _mode = mode;
        Next = next;
    }

    public bool IsHidden => _mode != 0;

    /// <summary>How it is hidden; meaningless where it is not.</summary>
    public RedactMode Mode => (RedactMode)(_mode - 1);

    /// <summary>The map that applies inside the value.</summary>
    public CompiledMap Next { get; }

    public static MemberAction Hide(RedactMode mode, CompiledMap next) => new((byte)(mode + 1), next);

    public static MemberAction Show(CompiledMap next) => new(0, next);
}
