namespace FlightRecorder.Prompts;

/// <summary>Which steps of the timeline stand for a mutation or an exception: these have their own sections, where all of it is told.</summary>
internal sealed class StepLabels
{
    private readonly Dictionary<int, string> _labels = [];

    public StepLabels(Recording recording)
    {
        Add(recording, TimelineTypes.Mutation, 'M', [.. recording.Mutations.Select(mutation => mutation.AtUs)]);
        Add(recording, TimelineTypes.Error, 'E', [.. recording.Errors.Select(error => error.AtUs)]);
    }

    /// <summary>The label of what the step stands for, or null.</summary>
    public string? this[int step] => _labels.GetValueOrDefault(step);

    // Both lists are in the order of their appending, with the same times; where one was capped the times no longer agree.
    private void Add(Recording recording, string type, char kind, long[] times)
    {
        int next = 0;
        for (int i = 0; i < recording.Timeline.Count && next < times.Length; i++)
        {
            if (recording.Timeline[i].Type == type)
            {
                if (recording.Timeline[i].AtUs == times[next])
                {
                    _labels.Add(i, Measure.Label(kind, next));
                }

                next++;
            }
        }
    }
}
