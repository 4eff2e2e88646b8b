using System.Runtime.InteropServices;

namespace FlightRecorder;

/// <summary>
/// The slot file: one header of 4096 bytes, then slots of 1024. A slot has its head, the path, what is the same for every request
/// of its endpoint, and a ring of steps of 64 bytes each. Numbers are in the byte order of the machine.
/// </summary>
/// <remarks>
/// The process may die between any two stores, and what was stored before then is there. So the state is written last when a
/// slot is taken and first when it is given back, a length after its text, the number of steps after the step.
/// </remarks>
internal static class SlotLayout
{
    public const ulong Magic = 0x3153_544F_4C53_4C46; // "FLSLOTS1"

    public const int HeaderBytes = 4096;
    public const int AppAt = 512;
    public const int MaxApp = HeaderBytes - AppAt;

    public const int SlotBytes = 1024;
    public const int MethodAt = 48;
    public const int MaxMethod = 16;
    public const int TraceAt = 64;
    public const int MaxTrace = 32;
    public const int PathAt = 96;
    public const int MaxPath = 160;
    public const int EndpointAt = PathAt + MaxPath;
    public const int MaxEndpoint = 256;
    public const int StepsAt = EndpointAt + MaxEndpoint;
    public const int StepBytes = 64;
    public const int StepCount = (SlotBytes - StepsAt) / StepBytes;
    public const int StepTextAt = 6;
    public const int MaxStepText = StepBytes - StepTextAt;

    /// <summary>A burst of lines that wait for a slow disk; what finds no slot is counted, and is as it would be without slots.</summary>
    public const int Slots = 2048;
    public const int FileBytes = HeaderBytes + (Slots * SlotBytes);
}

/// <summary>The header of a slot file.</summary>
[StructLayout(LayoutKind.Explicit, Size = SlotLayout.AppAt)]
internal struct SlotHeader
{
    /// <summary>Written last: without it the file was never finished.</summary>
    [FieldOffset(0)]
    public ulong Magic;

    [FieldOffset(8)]
    public int SlotBytes;

    [FieldOffset(12)]
    public int Slots;

    /// <summary>1 once the run has ended in order.</summary>
    [FieldOffset(16)]
    public int IsClean;

    [FieldOffset(20)]
    public int AppLength;

    [FieldOffset(24)]
    public long StartedTicks;

    [FieldOffset(32)]
    public long LastAliveTicks;

    /// <summary>About the highest sequence number given so far; the slots have theirs exactly.</summary>
    [FieldOffset(40)]
    public long LastSequence;

    /// <summary>Requests that found all slots taken.</summary>
    [FieldOffset(48)]
    public long Missed;

    /// <summary>How many runs have begun to write the unfinished recordings of this one.</summary>
    [FieldOffset(56)]
    public long Recoverers;

    [FieldOffset(64)]
    public RunName Run;

    /// <summary>The latest of them.</summary>
    [FieldOffset(80)]
    public RunNames RecoveredBy;
}

/// <summary>A run's 16 hexadecimal digits.</summary>
[System.Runtime.CompilerServices.InlineArray(Length)]
internal struct RunName
{
    public const int Length = 16;

    private byte _first;
}

/// <summary>Some runs.</summary>
[System.Runtime.CompilerServices.InlineArray(Length)]
internal struct RunNames
{
    public const int Length = 16;

    private RunName _first;
}

/// <summary>The head of a slot.</summary>
[StructLayout(LayoutKind.Explicit, Size = SlotLayout.MethodAt)]
internal struct SlotHead
{
    /// <summary>A <see cref="SlotState"/>.</summary>
    [FieldOffset(0)]
    public int State;

    [FieldOffset(4)]
    public byte Kind;

    [FieldOffset(5)]
    public byte MethodLength;

    [FieldOffset(6)]
    public ushort EndpointLength;

    [FieldOffset(8)]
    public long StartedTicks;

    [FieldOffset(16)]
    public Guid Id;

    /// <summary>0 until the request has ended.</summary>
    [FieldOffset(32)]
    public long Sequence;

    /// <summary>How many steps there were; the latest are in the ring.</summary>
    [FieldOffset(40)]
    public int Steps;

    [FieldOffset(44)]
    public ushort PathLength;

    [FieldOffset(46)]
    public byte TraceLength;
}

/// <summary>What a slot stands for.</summary>
internal static class SlotState
{
    public const int Free = 0;
    public const int InTheAir = 1;

    /// <summary>The request has ended, and its line may or may not be in the journal.</summary>
    public const int Ended = 2;
}

/// <summary>What a step in a slot is.</summary>
internal enum SlotStepKind : byte
{
    None,
    Mark,
    Query,
    Command,

    /// <summary>A statement whose end was not seen yet.</summary>
    Running,
}
