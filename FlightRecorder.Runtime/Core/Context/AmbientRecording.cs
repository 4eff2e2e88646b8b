using System.Text.Json.Serialization.Metadata;

namespace FlightRecorder;

/// <summary>
/// The recording that the current code runs in; from <see cref="Flight.Current"/>. Safe to keep: once the recording has ended,
/// every call does nothing. No call throws.
/// </summary>
public readonly struct AmbientRecording : IEquatable<AmbientRecording>
{
    private readonly int _generation;

    internal AmbientRecording(ActiveRecording recording, int generation)
    {
        Active = recording;
        _generation = generation;
        Id = recording.Id;
    }

    /// <summary>The recording's id.</summary>
    public Guid Id { get; }

    internal ActiveRecording Active { get; }

    internal bool IsOpen => Active.IsOpen(_generation);

    /// <summary>Adds a timeline entry.</summary>
    /// <param name="what">What happened, in a few words.</param>
    /// <param name="detail">A string, bool, number, time, Guid or JsonNode; anything else is its ToString(). Redacted like any other part.</param>
    public void Mark(string what, object? detail = null)
        => Active.Append(_generation, new TimelineEntry { Type = TimelineTypes.Mark, Detail = what, Data = CapturedValue.Of(detail) });

    /// <summary>Adds a timeline entry with a value written by its own JSON contract.</summary>
    /// <param name="what">What happened, in a few words.</param>
    /// <param name="detail">The value; serialised before the call returns.</param>
    /// <param name="typeInfo">The contract of the value, from a source-generated context.</param>
    public void Mark<T>(string what, T detail, JsonTypeInfo<T> typeInfo)
    {
        object? data;
        try
        {
            data = JsonFragment.Of(detail, typeInfo);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            data = "(unreadable: " + error.GetType().Name + ")";
        }

        Active.Append(_generation, new TimelineEntry { Type = TimelineTypes.Mark, Detail = what, Data = data });
    }

    /// <summary>Adds an exception that the app handled. The same exception object counts once.</summary>
    public void Error(Exception exception)
    {
        if (exception is not null)
        {
            Active.Append(_generation, exception, handled: true);
        }
    }

    /// <summary>Asks for this recording to be kept, whatever the rule's <see cref="RecordAttribute.Keep"/> says.</summary>
    /// <param name="why">The reason, shown in the recording.</param>
    public void Keep(string why)
    {
        if (Active.Keep(_generation, why))
        {
            Mark("keep", why);
        }
    }

    /// <summary>Adds a change that no adapter sees, such as a write to a document store. Its outcome stays unknown.</summary>
    /// <param name="model">What kind of thing changed.</param>
    /// <param name="operation">insert, update, delete, upsert or a word of one's own.</param>
    /// <param name="key">What identifies it; values as for <see cref="Mark(string, object?)"/>.</param>
    /// <param name="before">Its members before, or null.</param>
    /// <param name="after">Its members after, or null.</param>
    public void Mutation(
        string model,
        string operation,
        IReadOnlyDictionary<string, object?>? key = null,
        IReadOnlyDictionary<string, object?>? before = null,
        IReadOnlyDictionary<string, object?>? after = null)
        => Active.Append(_generation, new MutationEntry
        {
            Source = "manual",
            Model = model,
            Operation = operation,
            Key = Captured(key),
            Before = Row(before),
            After = Row(after),
        });

    /// <summary>Whether both stand for the same recording.</summary>
    public bool Equals(AmbientRecording other) => ReferenceEquals(Active, other.Active) && _generation == other._generation;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is AmbientRecording other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => Id.GetHashCode();

    /// <summary>Whether both stand for the same recording.</summary>
    public static bool operator ==(AmbientRecording left, AmbientRecording right) => left.Equals(right);

    /// <summary>Whether they stand for different recordings.</summary>
    public static bool operator !=(AmbientRecording left, AmbientRecording right) => !left.Equals(right);

    internal void Starting(string sql) => Active.Starting(_generation, sql);

    internal bool Append(TimelineEntry entry) => Active.Append(_generation, entry);

    internal bool Append(MutationEntry mutation) => Active.Append(_generation, mutation);

    internal bool Append(GapEntry gap) => Active.Append(_generation, gap);

    internal bool Append(Exception exception, bool handled) => Active.Append(_generation, exception, handled);

    internal bool Update<TState>(TState state, Action<TState> change) => Active.Update(_generation, state, change);

    private static NamedValue[][]? Row(IReadOnlyDictionary<string, object?>? row) => Captured(row) is { } values ? [values] : null;

    private static NamedValue[]? Captured(IReadOnlyDictionary<string, object?>? row)
    {
        if (row is null)
        {
            return null;
        }

        var values = new List<NamedValue>(row.Count);
        foreach ((string name, object? value) in row)
        {
            values.Add(new NamedValue(name, CapturedValue.Of(value)));
        }

        return [.. values];
    }
}
