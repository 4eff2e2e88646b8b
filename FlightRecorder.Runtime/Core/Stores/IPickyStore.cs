namespace FlightRecorder;

/// <summary>A store that may take a batch and still give up single recordings of it.</summary>
internal interface IPickyStore
{
    /// <summary>The ids of those recordings of the batch written last that are not stored and never will be; read by the writer only.</summary>
    IReadOnlySet<Guid> LeftOut { get; }
}
