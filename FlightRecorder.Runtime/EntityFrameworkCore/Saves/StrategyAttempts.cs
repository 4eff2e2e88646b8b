using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Storage;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// What was told of changes inside an execution strategy that the app drives (<c>CreateExecutionStrategy().ExecuteAsync(…)</c>): when
/// it runs the work again, the same change is a further attempt at what was undone, and no other change.
/// </summary>
internal sealed class StrategyAttempts
{
    private static readonly ConditionalWeakTable<ExecutionStrategy, StrategyAttempts> ByStrategy = [];

    private readonly List<(MutationEntry Mutation, EntityPlan Plan)> _told = [];
    private Guid _recording;

    /// <summary>Those of the strategy that runs now, or null.</summary>
    public static StrategyAttempts? Current(AmbientRecording recording)
    {
        if (ExecutionStrategy.Current is not { } strategy)
        {
            return null;
        }

        StrategyAttempts attempts = ByStrategy.GetOrCreateValue(strategy);
        if (attempts._recording != recording.Id)
        {
            attempts._recording = recording.Id;
            attempts._told.Clear();
        }

        return attempts;
    }

    /// <summary>Takes an earlier attempt at the same change that did not last, or null. One that may have lasted is found too.</summary>
    public MutationEntry? Take(MutationEntry mutation, EntityPlan plan)
    {
        int index = _told.FindIndex(told => told.Plan == plan && told.Mutation.Outcome != MutationOutcome.Committed && SameChange.Is(told.Mutation, mutation, plan));
        if (index < 0)
        {
            return null;
        }

        MutationEntry found = _told[index].Mutation;
        _told.RemoveAt(index);
        return found;
    }

    public void Add(MutationEntry mutation, EntityPlan plan) => _told.Add((mutation, plan));
}
