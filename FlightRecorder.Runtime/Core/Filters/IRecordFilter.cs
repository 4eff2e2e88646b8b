namespace FlightRecorder;

/// <summary>A condition of one's own for <see cref="RecordAttribute.Filter"/>; called directly, without an instance.</summary>
public interface IRecordFilter
{
    /// <summary>Whether the request is recorded. An exception counts as no, and is counted.</summary>
    /// <param name="request">
    /// The facts at the time the endpoint is matched. Reading <see cref="RequestFacts.Actor"/> defers the judgement: the
    /// request is captured and the filter asked once more at its end, when the actor is known.
    /// </param>
    static abstract bool ShouldRecord(in RequestFacts request);
}
