namespace FlightRecorder;

/// <summary>The parts of a line that can be left out when it grows too long, largest first.</summary>
internal enum LinePart
{
    ResponseBody,
    RequestBody,
    TimelineData,
    Rows,
    Stacks,
}

/// <summary>What of a line was left out so that it fits, and what each part took.</summary>
internal sealed class LineBudget
{
    private const int Parts = (int)LinePart.Stacks + 1;

    private static readonly string[] Names = ["response.body", "request.body", "timeline.data", "mutations.rows", "errors.stack"];

    private readonly int[] _bytes = new int[Parts];
    private readonly bool[] _dropped = new bool[Parts];

    /// <summary>At most so many entries of each list are written.</summary>
    public int MaxEntries { get; private set; } = int.MaxValue;

    /// <summary>Longer texts are cut: the last resort.</summary>
    public int MaxTextBytes { get; private set; } = int.MaxValue;

    public bool IsDropped(LinePart part) => _dropped[(int)part];

    public void Count(LinePart part, int bytes) => _bytes[(int)part] += bytes;

    public void Reset()
    {
        Array.Clear(_bytes);
        Array.Clear(_dropped);
        MaxEntries = MaxTextBytes = int.MaxValue;
    }

    /// <summary>Decides what to leave out of the next attempt; false when there is nothing more.</summary>
    public bool DropMore()
    {
        int largest = Array.IndexOf(_bytes, _bytes.Max());
        if (_bytes[largest] > 0)
        {
            _dropped[largest] = true;
        }
        else if (MaxEntries == int.MaxValue)
        {
            MaxEntries = 50;
        }
        else if (MaxTextBytes == int.MaxValue)
        {
            (MaxEntries, MaxTextBytes) = (5, 200);
        }
        else if (MaxEntries > 1)
        {
            (MaxEntries, MaxTextBytes) = (1, 40);
        }
        else
        {
            return false;
        }

        Array.Clear(_bytes);
        return true;
    }

    /// <summary>Writes a gap for each part that was left out.</summary>
    public void WriteGaps(LineBuffer line)
    {
        for (int part = 0; part < Parts; part++)
        {
            if (_dropped[part])
            {
                WriteGap(line, System.Text.Encoding.ASCII.GetBytes(Names[part]));
            }
        }

        if (MaxEntries != int.MaxValue)
        {
            WriteGap(line, "entries"u8);
        }
    }

    private static void WriteGap(LineBuffer line, ReadOnlySpan<byte> what)
    {
        line.Separate();
        line.Raw("{\"what\":\""u8);
        line.Raw(what);
        line.Raw("\",\"why\":\"the line would exceed MaxRecordBytes\"}"u8);
    }
}
