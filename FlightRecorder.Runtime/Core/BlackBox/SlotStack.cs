namespace FlightRecorder;

/// <summary>The free slots, without a lock; the one given back last is taken first, so that few pages are touched.</summary>
internal sealed class SlotStack
{
    private const ulong VersionStep = 1UL << 32;

    // The slot below, plus one; 0 ends the stack.
    private readonly int[] _below;

    // The slot on top, plus one, and above it a version: a top that was taken and given back meanwhile is another one.
    private ulong _top;

    public SlotStack(int slots)
    {
        _below = new int[slots];
        for (int i = 0; i < slots; i++)
        {
            _below[i] = i == slots - 1 ? 0 : i + 2;
        }

        _top = 1;
    }

    /// <summary>Takes a slot; negative when there is none.</summary>
    public int Pop()
    {
        ulong top = Volatile.Read(ref _top);
        while ((uint)top != 0)
        {
            int slot = (int)(uint)top - 1;
            ulong seen = Interlocked.CompareExchange(ref _top, Next(top, _below[slot]), top);
            if (seen == top)
            {
                return slot;
            }

            top = seen;
        }

        return -1;
    }

    public void Push(int slot)
    {
        ulong top = Volatile.Read(ref _top);
        while (true)
        {
            _below[slot] = (int)(uint)top;
            ulong seen = Interlocked.CompareExchange(ref _top, Next(top, slot + 1), top);
            if (seen == top)
            {
                return;
            }

            top = seen;
        }
    }

    private static ulong Next(ulong top, int slot) => ((top & ~(VersionStep - 1)) + VersionStep) | (uint)slot;
}
