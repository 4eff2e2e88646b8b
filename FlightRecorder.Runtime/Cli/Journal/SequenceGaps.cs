namespace FlightRecorder.Cli;

/// <summary>Which numbers of a run were not seen; numbers may come somewhat out of order. Bounded.</summary>
internal sealed class SequenceGaps
{
    private const int MaxGaps = 10_000;

    private readonly List<SequenceGap> _gaps = [];
    private long? _next;

    public IReadOnlyList<SequenceGap> Gaps => _gaps;

    /// <summary>How many numbers are missing.</summary>
    public long Missing => _gaps.Sum(gap => gap.Last - gap.First + 1);

    /// <summary>The first number that is expected; without it, the first that is seen.</summary>
    public void Expect(long first) => _next ??= first;

    public void See(long number, string file, long offset)
    {
        _next ??= number;
        if (number >= _next)
        {
            if (number > _next && _gaps.Count < MaxGaps)
            {
                _gaps.Add(new SequenceGap(_next.Value, number - 1, file, offset));
            }

            _next = number + 1;
        }
        else
        {
            Fill(number);
        }
    }

    // Late ones are late by little: their gap is among the last.
    private void Fill(long number)
    {
        int at = _gaps.FindLastIndex(gap => gap.First <= number);
        if (at < 0 || _gaps[at].Last < number)
        {
            return;
        }

        SequenceGap gap = _gaps[at];
        _gaps.RemoveAt(at);
        if (number < gap.Last)
        {
            _gaps.Insert(at, gap with { First = number + 1 });
        }

        if (number > gap.First)
        {
            _gaps.Insert(at, gap with { Last = number - 1 });
        }
    }
}

/// <summary>Numbers of a run that no line has.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them.</param>
/// <param name="File">The segment in which the number after them was met.</param>
/// <param name="Offset">Where in it.</param>
internal sealed record SequenceGap(long First, long Last, string File, long Offset);
