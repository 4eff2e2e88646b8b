using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace FlightRecorder;

/// <summary>The slot file of a run that has ended, read. Whatever its bytes are, reading it fails on none of them.</summary>
internal sealed class SlotImage
{
    // So that numbers can follow.
    private const long MaxSequence = long.MaxValue / 2;

    private readonly byte[] _bytes;
    private readonly int _slots;

    private SlotImage(byte[] bytes, int slots)
    {
        _bytes = bytes;
        _slots = slots;
    }

    public string Run => Text(Header.Run);

    public bool IsClean => Header.IsClean == 1;

    public DateTimeOffset StartedAt => Time(Header.StartedTicks);

    public DateTimeOffset LastAlive => Time(Header.LastAliveTicks);

    public long LastSequence => Math.Clamp(Header.LastSequence, 0, MaxSequence);

    public long Missed => Math.Max(0, Header.Missed);

    /// <summary>What the run's lines say of the app: <c>,"app":{…},"tags":{…}</c>; not checked.</summary>
    public ReadOnlyMemory<byte> App => _bytes.AsMemory(SlotLayout.AppAt, Math.Clamp(Header.AppLength, 0, SlotLayout.MaxApp));

    /// <summary>The runs that have begun to write its unfinished recordings.</summary>
    public IEnumerable<string> RecoveredBy
    {
        get
        {
            var runs = new List<string>();
            for (int i = 0; i < Math.Clamp(Header.Recoverers, 0, RunNames.Length); i++)
            {
                runs.Add(Text(Header.RecoveredBy[i]));
            }

            return runs;
        }
    }

    public ref readonly SlotHeader Header => ref Unsafe.As<byte, SlotHeader>(ref _bytes[0]);

    /// <summary>The image, or null when these bytes are none.</summary>
    public static SlotImage? TryRead(byte[] bytes)
    {
        if (bytes.Length < SlotLayout.HeaderBytes)
        {
            return null;
        }

        ref readonly SlotHeader header = ref Unsafe.As<byte, SlotHeader>(ref bytes[0]);
        return header.Magic == SlotLayout.Magic && header.SlotBytes == SlotLayout.SlotBytes && ((ReadOnlySpan<byte>)header.Run).IndexOfAnyExcept("0123456789abcdef"u8) < 0
            ? new SlotImage(bytes, Math.Clamp(header.Slots, 0, (bytes.Length - SlotLayout.HeaderBytes) / SlotLayout.SlotBytes))
            : null;
    }

    /// <summary>The slots in use.</summary>
    public IReadOnlyList<LeftSlot> Read()
    {
        var left = new List<LeftSlot>();
        for (int i = 0; i < _slots; i++)
        {
            ReadOnlySpan<byte> slot = _bytes.AsSpan(SlotLayout.HeaderBytes + (i * SlotLayout.SlotBytes), SlotLayout.SlotBytes);
            SlotHead head = MemoryMarshal.Read<SlotHead>(slot);
            if (head.State is SlotState.InTheAir or SlotState.Ended && head.Id != Guid.Empty)
            {
                left.Add(Read(head, slot));
            }
        }

        return left;
    }

    private static LeftSlot Read(in SlotHead head, ReadOnlySpan<byte> slot)
    {
        ReadOnlySpan<byte> names = slot.Slice(SlotLayout.EndpointAt, Math.Min((int)head.EndpointLength, SlotLayout.MaxEndpoint));
        return new LeftSlot
        {
            Id = head.Id,
            Kind = head.Kind == (byte)RecordingKind.Operation ? RecordingKind.Operation : RecordingKind.Request,
            HasEnded = head.State == SlotState.Ended,
            Sequence = head.State == SlotState.Ended && head.Sequence is > 0 and < MaxSequence ? head.Sequence : null,
            StartedAt = Time(head.StartedTicks),
            Method = Text(slot.Slice(SlotLayout.MethodAt, Math.Min((int)head.MethodLength, SlotLayout.MaxMethod))),
            TraceId = Optional(slot.Slice(SlotLayout.TraceAt, Math.Min((int)head.TraceLength, SlotLayout.MaxTrace))),
            Name = NextName(ref names),
            Location = NextName(ref names),
            Route = NextName(ref names),
            Path = Optional(slot.Slice(SlotLayout.PathAt, Math.Min((int)head.PathLength, SlotLayout.MaxPath))),
            Steps = ReadSteps(head.Steps, slot[SlotLayout.StepsAt..]),
            EarlierSteps = Math.Max(0, head.Steps - Shown(head.Steps)),
        };
    }

    // The oldest place of a full ring may be half overwritten.
    private static int Shown(int steps) => steps < SlotLayout.StepCount ? Math.Max(0, steps) : SlotLayout.StepCount - 1;

    private static List<LeftStep> ReadSteps(int count, ReadOnlySpan<byte> ring)
    {
        var steps = new List<LeftStep>();
        for (int i = count - Shown(count); i < count; i++)
        {
            ReadOnlySpan<byte> step = ring.Slice(i % SlotLayout.StepCount * SlotLayout.StepBytes, SlotLayout.StepBytes);
            if (step[4] is not (byte)SlotStepKind.None)
            {
                string text = Text(step.Slice(SlotLayout.StepTextAt, Math.Min((int)step[5], SlotLayout.MaxStepText)));
                steps.Add(new LeftStep((SlotStepKind)step[4], MemoryMarshal.Read<uint>(step), text));
            }
        }

        // So few are sorted by insertion, which leaves those of one moment in their order.
        steps.Sort(static (x, y) => x.AtUs.CompareTo(y.AtUs));
        return steps;
    }

    private static string? NextName(ref ReadOnlySpan<byte> names)
    {
        if (names.IsEmpty)
        {
            return null;
        }

        int length = Math.Min(names[0], names.Length - 1);
        string? name = Optional(names.Slice(1, length));
        names = names[(length + 1)..];
        return name;
    }

    private static string? Optional(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? null : Text(utf8);

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    private static DateTimeOffset Time(long ticks) => new(Math.Clamp(ticks, 0, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);
}
